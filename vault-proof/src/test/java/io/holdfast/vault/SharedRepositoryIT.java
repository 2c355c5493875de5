package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backend.testing.MemoryBackend;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several captures, and several processes as far as the repository can tell, on one repository. */
class SharedRepositoryIT {

    private static final Password PASSWORD = Password.of("secret");

    @TempDir
    Path temp;

    @Test
    void capturesSideBySideAreEachCompleteAndTheRepositoryIsSound() throws Exception {
        Path repository = temp.resolve("repository");
        List<Path> sources = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Path source = Files.createDirectories(temp.resolve("source-" + i));
            Files.write(source.resolve("own"), HardCases.random(i, 700_000));
            Files.write(source.resolve("shared"), HardCases.random(99, 3_000_000));
            sources.add(source);
        }
        try (Vault one = Vault.init(LocalBackend.at(repository), PASSWORD, Duration.ZERO);
                Vault other = Vault.open(LocalBackend.at(repository), PASSWORD, Duration.ZERO)) {
            List<Callable<Snapshot>> captures = new ArrayList<>();
            for (int i = 0; i < sources.size(); i++) {
                Vault vault = i % 2 == 0 ? one : other;
                BackupSpec spec = BackupSpec.of(Root.Tree.of(sources.get(i)));
                captures.add(() -> vault.backup(spec, Progress.NONE).snapshot());
            }
            List<Snapshot> snapshots = all(captures);
            assertThat(one.snapshots()).hasSize(sources.size());
            assertThat(other.check(CheckSpec.EVERYTHING).problems()).isEmpty();
            for (int i = 0; i < sources.size(); i++) {
                Path target = temp.resolve("target-" + i);
                String path = snapshots.get(i).paths().getFirst();
                one.restore(snapshots.get(i).id(), RestoreSpec.of(path, target), Progress.NONE);
                for (String file : List.of("own", "shared")) {
                    assertThat(target.resolve(file))
                            .hasSameBinaryContentAs(sources.get(i).resolve(file));
                }
            }
        }
    }

    @Test
    void aVaultThatStayedOpenWritesAgainWhatAnotherHasPruned() throws IOException {
        MemoryBackend backend = new MemoryBackend();
        Path source = Files.createDirectories(temp.resolve("source"));
        Files.write(source.resolve("a"), HardCases.random(1, 2_000_000));
        BackupSpec spec = BackupSpec.of(new Root.Tree(source, "/s"));
        try (Vault resident = Vault.init(backend, PASSWORD, Duration.ZERO)) {
            resident.backup(spec, Progress.NONE);
            for (FileType type : List.of(FileType.SNAPSHOT, FileType.INDEX, FileType.PACK)) {
                for (var handle : backend.handles()) {
                    if (handle.type() == type) {
                        backend.delete(handle);
                    }
                }
            }
            resident.backup(spec, Progress.NONE);
            assertThat(resident.check(CheckSpec.EVERYTHING).problems()).isEmpty();
            assertThat(resident.snapshots()).hasSize(1);
        }
    }

    @Test
    void nobodyElseMayWorkExclusivelyWhileACaptureRuns() throws IOException {
        MemoryBackend backend = new MemoryBackend();
        Path source = Files.createDirectories(temp.resolve("source"));
        Files.writeString(source.resolve("a"), "content");
        try (Vault vault = Vault.init(backend, PASSWORD, Duration.ZERO);
                Vault other = Vault.open(backend, PASSWORD, Duration.ZERO)) {
            BackupSpec spec = BackupSpec.of(new Root.Tree(source, "/s"))
                    .withCommitGuard(() -> assertThatThrownBy(() -> other.check(CheckSpec.EVERYTHING))
                            .isInstanceOfSatisfying(
                                    VaultException.class,
                                    e -> assertThat(e.code()).isEqualTo(VaultException.Code.LOCKED)));
            assertThat(vault.backup(spec, Progress.NONE).stored()).isTrue();
            assertThat(other.check(CheckSpec.EVERYTHING).problems()).isEmpty();
        }
    }

    private static List<Snapshot> all(List<Callable<Snapshot>> captures) throws Exception {
        List<Snapshot> snapshots = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(captures.size())) {
            for (Future<Snapshot> each : threads.invokeAll(captures)) {
                snapshots.add(each.get());
            }
        }
        return snapshots;
    }
}
