package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Directory;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a recorded repository, opened, and what it must bring back. */
abstract class RecordedRepository {

    static final Password PASSWORD = Password.of(Recorded.PASSWORD);

    /** For each, the file of a key with the same password that costs nothing to derive. */
    private static final Map<Recorded, byte[]> CHEAP_KEYS = new EnumMap<>(Recorded.class);

    @TempDir
    Path temp;

    Path repository() {
        return temp.resolve("repository");
    }

    void assertRestores(Vault vault, Snapshot snapshot) throws IOException {
        Path target = restored(vault, snapshot);
        assertThat(Recorded.listing(target))
                .isEqualTo(Files.readAllLines(temp.resolve(snapshot.tags().getFirst() + ".txt")));
        assertThat(Directory.stat(target.resolve("text")).attributes())
                .singleElement()
                .satisfies(each -> assertThat(each.name()).isEqualTo("user.comment"));
    }

    Path restored(Vault vault, Snapshot snapshot) throws IOException {
        Path target = Files.createTempDirectory(temp, "restored").resolve("source");
        String path =
                isAtTheRoot(vault, snapshot) ? "/source" : snapshot.paths().getFirst();
        RestoreSpec spec = RestoreSpec.of(path, target).with(RestoreSpec.Option.SETUID);
        assertThat(vault.restore(snapshot.id(), spec, Progress.NONE).problems()).isEmpty();
        return target;
    }

    /** restic keeps a directory that was named without a way to it at the top, whatever the path. */
    private static boolean isAtTheRoot(Vault vault, Snapshot snapshot) throws IOException {
        List<String> top = new ArrayList<>();
        vault.contents().list(snapshot.id(), "/", entry -> top.add(entry.path()));
        return top.contains("/source");
    }

    /** With its own key. */
    Vault open(Recorded recorded) throws IOException {
        recorded.unpack(temp);
        return Impatient.open(LocalBackend.at(repository()), PASSWORD);
    }

    /** With a cheap key in place of its own, for restic too: deriving keys would take most of the time. */
    Vault openQuickly(Recorded recorded) throws IOException {
        byte[] cheap = CHEAP_KEYS.get(recorded);
        if (cheap == null) {
            Vault vault = open(recorded);
            vault.keys().changePassword(PASSWORD);
            CHEAP_KEYS.put(recorded, Files.readAllBytes(key()));
            return vault;
        }
        recorded.unpack(temp);
        Files.delete(key());
        Files.write(repository().resolve("keys").resolve(Digest.ofContent(cheap).toString()), cheap);
        return Impatient.open(LocalBackend.at(repository()), PASSWORD);
    }

    private Path key() throws IOException {
        try (Stream<Path> keys = Files.list(repository().resolve("keys"))) {
            List<Path> found = keys.toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }
}
