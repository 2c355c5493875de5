package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.restore.RestoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that backs up is killed again and again, each time somewhere else. */
class KilledBackupIT {

    private static final int KILLS = 8;

    @TempDir
    Path temp;

    @Test
    void leavesAValidRepositoryWhereverItIsKilled() throws Exception {
        Path source = Files.createDirectories(temp.resolve("source"));
        Restic restic = Restic.on(temp.resolve("repo"));
        Files.writeString(source.resolve("first"), "first");
        try (Vault vault =
                Vault.init(LocalBackend.at(restic.repository()), Password.of(Restic.PASSWORD), Duration.ZERO)) {
            vault.backup(BackupSpec.of(new Root.Tree(source, "/s")), Progress.NONE);
        }
        List<String> first = Manifest.of(source);
        Random random = new Random(5);
        for (int kill = 0; kill < KILLS; kill++) {
            Files.write(source.resolve("file-" + kill), HardCases.random(kill, 20_000_000));
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Child.class.getName(),
                            restic.repository().toString(),
                            source.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(temp.resolve("words").toFile())
                    .start();
            assertThat(child.waitFor(500 + random.nextInt(3000), TimeUnit.MILLISECONDS) && child.exitValue() != 0)
                    .as(Files.readString(temp.resolve("words")))
                    .isFalse();
            child.destroyForcibly().waitFor();
            try (Vault vault = open(restic)) {
                vault.clearDeadLocks();
                assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
                var oldest = vault.snapshots().getLast();
                vault.restore(oldest.id(), RestoreSpec.of("/s", temp.resolve("restored-" + kill)), Progress.NONE);
                assertThat(Manifest.of(temp.resolve("restored-" + kill))).isEqualTo(first);
            }
        }
        try (Vault vault = open(restic)) {
            assertThat(vault.backup(BackupSpec.of(new Root.Tree(source, "/s")), Progress.NONE)
                            .problems())
                    .isEmpty();
        }
        restic.checksEveryByte();
    }

    private static Vault open(Restic restic) throws VaultException {
        return Vault.open(LocalBackend.at(restic.repository()), Password.of(Restic.PASSWORD), Duration.ZERO);
    }

    /** The process that is killed. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            try (Vault vault =
                    Vault.open(LocalBackend.at(Path.of(arguments[0])), Password.of(Restic.PASSWORD), Duration.ZERO)) {
                vault.backup(BackupSpec.of(new Root.Tree(Path.of(arguments[1]), "/s")), Progress.NONE);
            }
        }
    }
}
