package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What restic does to a repository of ours is taken over here, and what is done here then is taken over by restic. */
class ResticMaintainsOursIT {

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource
    void prunesRepacksAndRebuildsTheIndex(Restic.Program program) throws IOException {
        Restic restic = program.on(temp.resolve("repo"));
        Random random = new Random(1);
        Path source = temp.resolve("source");
        try (Vault vault =
                Vault.init(LocalBackend.at(restic.repository()), Password.of(Restic.PASSWORD), Duration.ZERO)) {
            RandomTree.grow(source.resolve("going"), random);
            Files.write(source.resolve("going/large"), HardCases.random(9, 3_000_000));
            for (int run = 0; run < 3; run++) {
                RandomTree.grow(source.resolve("run-" + run), random);
                backup(vault, source);
            }
            RandomTree.delete(source.resolve("going"));
            Snapshot last = backup(vault, source);
            List<String> expected = Manifest.of(source);

            long before = bytes(restic.repository());
            restic.run("forget", "--keep-last", "1", "--prune", "--max-unused", "0");
            assertThat(bytes(restic.repository())).isLessThan(before - 3_000_000);
            assertThat(vault.snapshots()).containsExactly(last);
            assertComesBack(vault, last, expected, "pruned");

            try (Stream<Path> index = Files.list(restic.repository().resolve("index"))) {
                for (Path file : index.toList()) {
                    Files.delete(file);
                }
            }
            restic.run("rebuild-index", "--read-all-packs");
            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
            assertComesBack(vault, last, expected, "rebuilt");

            Snapshot next = backup(vault, source);
            assertThat(next.parent()).contains(last.id());
            assertThat(next.tree()).isEqualTo(last.tree());
            restic.run("tag", "--add", "kept", next.id().toString());
            Snapshot tagged = vault.snapshots().getFirst();
            assertThat(tagged.tags()).containsExactly("kept");
            assertThat(tagged.original()).contains(next.id());
            assertComesBack(vault, tagged, expected, "tagged");
        }
        restic.checksEveryByte();
    }

    @ParameterizedTest
    @EnumSource
    void addsChangesAndRemovesKeys(Restic.Program program) throws IOException {
        Restic restic = program.on(temp.resolve("repo"));
        Path source = Files.createDirectories(temp.resolve("source"));
        Files.writeString(source.resolve("file"), "content");
        Path second = Files.writeString(temp.resolve("second"), "second password\n");
        Path third = Files.writeString(temp.resolve("third"), "third pässword\n");
        Vault.init(LocalBackend.at(restic.repository()), Password.of(Restic.PASSWORD), Duration.ZERO)
                .close();

        restic.run("key", "add", "--new-password-file", second.toString());
        assertBacksUp(restic, Restic.PASSWORD, source);
        assertBacksUp(restic, "second password", source);

        restic.run("key", "passwd", "--new-password-file", third.toString());
        assertRefused(restic, Restic.PASSWORD);
        assertBacksUp(restic, "second password", source);
        assertBacksUp(restic, "third pässword", source);

        Restic.Outcome keys = restic.attempt(Path.of(""), "second password", List.of("key", "list", "--json"));
        String other = keys.output().replaceAll("(?s).*?\\{\"current\":false,\"id\":\"([0-9a-f]+)\".*", "$1");
        assertThat(restic.attempt(Path.of(""), "second password", List.of("key", "remove", other))
                        .exit())
                .isZero();
        assertRefused(restic, "third pässword");
        assertBacksUp(restic, "second password", source);
        assertThat(restic.attempt(Path.of(""), "second password", List.of("check", "--read-data"))
                        .output())
                .contains("no errors were found");
    }

    private static Snapshot backup(Vault vault, Path source) throws IOException {
        BackupResult result = vault.backup(BackupSpec.of(new Root.Tree(source, "/source")), Progress.NONE);
        assertThat(result.problems()).isEmpty();
        return result.snapshot();
    }

    private void assertComesBack(Vault vault, Snapshot snapshot, List<String> expected, String name)
            throws IOException {
        RestoreSpec spec = RestoreSpec.of("/source", temp.resolve(name)).with(RestoreSpec.Option.SETUID);
        assertThat(vault.restore(snapshot.id(), spec, Progress.NONE).problems()).isEmpty();
        assertThat(Manifest.of(temp.resolve(name))).isEqualTo(expected);
    }

    private static void assertBacksUp(Restic restic, String password, Path source) throws IOException {
        try (Vault vault = Vault.open(LocalBackend.at(restic.repository()), Password.of(password), Duration.ZERO)) {
            backup(vault, source);
        }
    }

    private static void assertRefused(Restic restic, String password) {
        assertThatThrownBy(() -> Vault.open(LocalBackend.at(restic.repository()), Password.of(password)))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(VaultException.Code.WRONG_PASSWORD));
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
