package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.Children;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.restore.RestoreResult;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that restores over an older state is killed again and again, each time further on. */
class KilledRestoreIT {

    private static final int FILES = 300;
    private static final Password PASSWORD = Password.of(Restic.PASSWORD);

    @TempDir
    Path temp;

    private final Map<String, List<String>> states = new HashMap<>();
    private Path repository = Path.of("");
    private Path target = Path.of("");
    private SnapshotId old = Snapshot.UNSTORED;
    private SnapshotId wanted = Snapshot.UNSTORED;
    private List<String> whole = List.of();

    /** Both have the same files, and no content in common. */
    @BeforeEach
    void twoSnapshots() throws IOException {
        repository = temp.resolve("repository");
        target = temp.resolve("target");
        Path source = Files.createDirectories(temp.resolve("source"));
        try (Vault vault = Vault.init(LocalBackend.at(repository), PASSWORD, Duration.ZERO)) {
            old = state(vault, source, 0);
            wanted = state(vault, source, FILES);
        }
        whole = Manifest.of(source);
    }

    private SnapshotId state(Vault vault, Path source, int seed) throws IOException {
        for (int i = 0; i < FILES; i++) {
            Path file = Files.createDirectories(source.resolve("dir-" + i % 7)).resolve("file-" + i);
            Files.write(file, HardCases.random(seed + i, i % 100 == 0 ? 1_500_000 : 3_000 + i));
            states.computeIfAbsent(source.relativize(file).toString(), _ -> new ArrayList<>())
                    .add(digest(file));
        }
        BackupResult result = vault.backup(BackupSpec.of(new Root.Tree(source, "/s")), Progress.NONE);
        assertThat(result.problems()).isEmpty();
        return result.snapshot().id();
    }

    /** Killed at a third of the way, while files are written beside their places and while they come there. */
    @Test
    void showsEachFileAsItWasOrAsItIsWantedAndEndsRightWhenItIsRunAgain() throws Exception {
        try (Vault vault = Vault.open(LocalBackend.at(repository), PASSWORD, Duration.ZERO)) {
            for (int kill = 0; kill < 6; kill++) {
                vault.restore(old, RestoreSpec.of("/s", target), Progress.NONE);
                assertThat(temporaries()).isZero();

                boolean isWriting = kill < 3;
                int third = 1 + FILES * (kill % 3) / 3;
                Process child = child();
                boolean killed = killed(child, isWriting ? third : FILES, isWriting ? 0 : third);
                System.out.printf("killed: %s, %d files unfinished%n", killed, temporaries());
                assertThat(killed && temporaries() == 0 && isWriting).isFalse();
                assertEachFileIsWhole();

                vault.clearDeadLocks();
                RestoreResult again = vault.restore(wanted, RestoreSpec.of("/s", target), Progress.NONE);
                assertThat(again.problems()).isEmpty();
                assertThat(temporaries()).isZero();
                assertThat(Manifest.of(target)).isEqualTo(whole);
            }
            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
        }
    }

    /** Waits until so many files lie beside their places, and then so many of them less; false if it ended before. */
    private boolean killed(Process child, int written, int placed) throws Exception {
        long most = 0;
        while (child.isAlive()) {
            long now = temporaries();
            most = Math.max(most, now);
            if (most >= written && now <= most - placed) {
                child.destroyForcibly().waitFor();
                return true;
            }
            Thread.onSpinWait();
        }
        assertThat(child.waitFor()).as(Files.readString(temp.resolve("words"))).isZero();
        return false;
    }

    private long temporaries() throws IOException {
        return files().stream()
                .filter(path -> path.getFileName().toString().startsWith(".holdfast-restore-"))
                .count();
    }

    private void assertEachFileIsWhole() throws IOException {
        int found = 0;
        for (Path path : files()) {
            List<String> known = states.get(target.relativize(path).toString());
            if (known != null) {
                assertThat(known).as("%s", path).contains(digest(path));
                found++;
            }
        }
        assertThat(found).isEqualTo(FILES);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(target)) {
            return walk.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isInstanceOf(NoSuchFileException.class);
            return List.of();
        }
    }

    private static String digest(Path file) throws IOException {
        return Digest.ofContent(Files.readAllBytes(file)).toString();
    }

    private Process child() throws IOException {
        return new ProcessBuilder(
                        Children.java(Child.class, repository.toString(), target.toString(), wanted.toString()))
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("words").toFile())
                .start();
    }

    /** The process that is killed. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            try (Vault vault = Vault.open(LocalBackend.at(Path.of(arguments[0])), PASSWORD, Duration.ZERO)) {
                RestoreResult result = vault.restore(
                        SnapshotId.parse(arguments[2]), RestoreSpec.of("/s", Path.of(arguments[1])), Progress.NONE);
                if (!result.problems().isEmpty()) {
                    throw new IllegalStateException(result.problems().toString());
                }
            }
        }
    }
}
