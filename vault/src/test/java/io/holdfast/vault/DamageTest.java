package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationReport;
import io.holdfast.vault.replica.ReplicationSpec;
import io.holdfast.vault.restore.RestoreResult;
import io.holdfast.vault.restore.RestoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {

    private static final Password PASSWORD = Password.of("secret");
    private static final CheckSpec CHECK = CheckSpec.EVERYTHING.withNoLock(true);

    @TempDir
    Path temp;

    private final MemoryBackend backend = new MemoryBackend();
    private Vault vault;
    private SnapshotId snapshot;

    @BeforeEach
    void oneSnapshot() throws IOException {
        Path source = Files.createDirectories(temp.resolve("source"));
        Files.write(source.resolve("random"), HardCases.random(3, 3000));
        Files.writeString(source.resolve("text"), "text ".repeat(300));
        vault = Vault.init(backend, PASSWORD, Duration.ZERO);
        snapshot = vault.backup(BackupSpec.of(new Root.Tree(source, "/s")), Progress.NONE)
                .snapshot()
                .id();
        assertThat(vault.check(CHECK).problems()).isEmpty();
    }

    @Test
    void keepsTheOldStateOfADamagedFileAndRestoresTheOthers() throws IOException {
        Handle data = files().stream()
                .filter(handle -> handle.type() == FileType.PACK)
                .max(Comparator.comparingInt(handle -> size(handle)))
                .orElseThrow();
        byte[] bad = backend.load(data);
        bad[100] ^= 1;
        backend.corrupt(data, bad);
        Path target = temp.resolve("target");
        Files.createDirectories(target);
        Files.writeString(target.resolve("random"), "old");
        RestoreResult result = vault.restore(snapshot, RestoreSpec.of("/s", target), Progress.NONE);
        assertThat(result.isComplete()).isFalse();
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(target.resolve("random").toString());
            assertThat(problem.what()).contains(data.toString());
        });
        assertThat(target.resolve("random")).hasContent("old");
        assertThat(result.written()).isPositive();
        assertThat(vault.verify(snapshot).problems()).isNotEmpty();
    }

    @Test
    void namesTheUnreadableSnapshotFile() throws IOException {
        Handle file = new Handle(FileType.SNAPSHOT, snapshot.toString());
        byte[] bad = backend.load(file);
        bad[20] ^= 1;
        backend.corrupt(file, bad);
        try (Vault again = Vault.open(backend, PASSWORD, Duration.ZERO)) {
            assertThatThrownBy(again::snapshots)
                    .isInstanceOfSatisfying(
                            VaultException.class, e -> assertThat(e.code()).isEqualTo(VaultException.Code.DAMAGED))
                    .hasMessageContaining(snapshot.toString());
        }
    }

    @Test
    void neverReplicatesDamageAndGoesOnWithTheRest() throws IOException {
        Path other = Files.createDirectories(temp.resolve("other"));
        Files.write(other.resolve("more"), HardCases.random(4, 5000));
        List<Handle> before = files();
        SnapshotId good = vault.backup(BackupSpec.of(new Root.Tree(other, "/o")), Progress.NONE)
                .snapshot()
                .id();
        for (Handle handle : before) {
            if (handle.type() == FileType.PACK) {
                byte[] bad = backend.load(handle);
                bad[40] ^= 1;
                backend.corrupt(handle, bad);
            }
        }
        MemoryBackend target = new MemoryBackend();
        ReplicationReport report = vault.copies().replicate(target, ReplicationSpec.ALL, ReplicationListener.NONE);
        assertThat(report.replicated()).containsExactly(good);
        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.file().name()).isEqualTo(snapshot.toString()));
        try (Vault copy = Vault.open(target, PASSWORD, Duration.ZERO)) {
            assertThat(copy.check(CHECK).problems()).isEmpty();
        }
    }

    private List<Handle> files() {
        return backend.handles().stream()
                .filter(handle -> handle.type() != FileType.LOCK)
                .sorted(Comparator.comparing(Handle::path))
                .toList();
    }

    private int size(Handle handle) {
        try {
            return (int) backend.size(handle);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
