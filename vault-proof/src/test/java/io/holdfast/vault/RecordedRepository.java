package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Directory;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a recorded repository, opened, and what it must bring back. */
abstract class RecordedRepository {

    static final Password PASSWORD = Password.of(Recorded.PASSWORD);

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

    Vault open(Recorded recorded) throws IOException {
        recorded.unpack(temp);
        return Impatient.open(LocalBackend.at(repository()), PASSWORD);
    }
}
