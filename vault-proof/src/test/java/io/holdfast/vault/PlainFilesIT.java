package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.Children;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Directory;
import io.holdfast.vault.restore.RestoreResult;
import io.holdfast.vault.restore.RestoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backs up and restores in a process that believes to run where only the JDK's own file API is at hand. */
class PlainFilesIT {

    private static final Password PASSWORD = Password.of(Restic.PASSWORD);

    @TempDir
    Path temp;

    @Test
    void bringsBackAllButFifosAndTimesBefore1970() throws Exception {
        Path source = HardCases.withAttributes(temp.resolve("source"));
        Files.delete(source.resolve("fifo"));
        Files.delete(source.resolve("old"));
        Path target = temp.resolve("target");
        Path repository = temp.resolve("repository");

        Children.Result result =
                Children.run(Children.java(Child.class, repository.toString(), source.toString(), target.toString()));

        assertThat(result.exit()).as(result.output()).isZero();
        try (Vault vault = Vault.open(LocalBackend.at(repository), PASSWORD, Duration.ZERO)) {
            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
            Path natively = temp.resolve("natively");
            vault.restore(
                    vault.snapshots().getFirst().id(),
                    RestoreSpec.of("/s", natively).with(RestoreSpec.Option.SETUID),
                    Progress.NONE);
            assertThat(plain(natively)).isEqualTo(plain(target));
        }
        assertThat(plain(target)).isEqualTo(plain(source));
    }

    /** Whatever the snapshot has, and without what was not kept. */
    private static List<String> plain(Path root) throws IOException {
        return Manifest.of(root).stream()
                .map(line -> line.replaceAll(" (user|system)\\.[a-z_.-]+=[0-9a-f]*", ""))
                .toList();
    }

    /** The process that runs elsewhere, as far as it can tell. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Compression.compress(new byte[1]);
            System.setProperty("os.name", "Elsewhere");
            Path source = Path.of(arguments[1]);
            try (Vault vault = Vault.init(LocalBackend.at(Path.of(arguments[0])), PASSWORD, Duration.ZERO)) {
                BackupResult backup = vault.backup(BackupSpec.of(new Root.Tree(source, "/s")), Progress.NONE);
                RestoreResult restore = vault.restore(
                        backup.snapshot().id(),
                        RestoreSpec.of("/s", Path.of(arguments[2])).with(RestoreSpec.Option.SETUID),
                        Progress.NONE);
                backup.problems().forEach(System.out::println);
                restore.problems().forEach(System.out::println);
                Directory.stat(source);
                System.exit(backup.problems().size() + restore.problems().size());
            }
        }
    }
}
