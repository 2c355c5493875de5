package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupOption;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupOptionsTest {

    @TempDir
    Path temp;

    private final MemoryBackend backend = new MemoryBackend();
    private Path source;
    private Vault vault;

    @BeforeEach
    void aVaultWithOneSnapshot() throws IOException {
        source = Files.createDirectories(temp.resolve("source"));
        Files.writeString(source.resolve("a"), "content ".repeat(1000));
        vault = Vault.init(backend, Password.of("secret"), Duration.ZERO);
    }

    @Test
    void aDryRunCountsAndStoresNothing() throws IOException {
        int before = backend.handles().size();
        BackupResult result = vault.backup(spec().with(BackupOption.DRY_RUN), Progress.NONE);
        assertThat(result.stored()).isFalse();
        assertThat(result.snapshot().summary().orElseThrow().dataAdded()).isGreaterThan(8000);
        assertThat(backend.handles()).hasSize(before);
        assertThat(vault.snapshots()).isEmpty();
    }

    @Test
    void anUnchangedBackupMayBeLeftOut() throws IOException {
        BackupSpec sparing = spec().with(BackupOption.SKIP_IF_UNCHANGED);
        assertThat(vault.backup(sparing, Progress.NONE).stored()).isTrue();
        assertThat(vault.backup(sparing, Progress.NONE).stored()).isFalse();
        Files.writeString(source.resolve("b"), "new");
        assertThat(vault.backup(sparing, Progress.NONE).stored()).isTrue();
        assertThat(vault.snapshots()).hasSize(2);
    }

    @Test
    void anUnchangedBackupReadsNothingAndRepeatsItsTree() throws IOException {
        Files.createDirectories(source.resolve("dir/empty"));
        Files.createLink(source.resolve("dir/link"), source.resolve("a"));
        Snapshot first = vault.backup(spec(), Progress.NONE).snapshot();
        Snapshot second = vault.backup(spec(), Progress.NONE).snapshot();
        assertThat(second.tree()).isEqualTo(first.tree());
        var summary = second.summary().orElseThrow();
        assertThat(summary.filesUnmodified()).isEqualTo(2);
        assertThat(summary.dirsUnmodified()).isEqualTo(3);
        assertThat(summary.dirsChanged() + summary.dataBlobs() + summary.treeBlobs())
                .isZero();
    }

    @Test
    void comparesWithTheParentThatIsAskedFor() throws IOException {
        Snapshot first = vault.backup(spec(), Progress.NONE).snapshot();
        BackupSpec elsewhere = spec().withHostname("elsewhere");
        Snapshot compared =
                vault.backup(elsewhere.withParent(first.id()), Progress.NONE).snapshot();
        assertThat(compared.parent()).contains(first.id());
        assertThat(compared.summary().orElseThrow().filesUnmodified()).isEqualTo(1);
        assertThatThrownBy(() -> vault.backup(spec().withParent(Snapshot.UNSTORED), Progress.NONE))
                .isInstanceOfSatisfying(
                        VaultException.class,
                        e -> assertThat(e.code()).isEqualTo(VaultException.Code.NO_SUCH_SNAPSHOT));
    }

    @Test
    void readsAFileOfAnotherInodeUnlessToldToIgnoreThat() throws IOException {
        Path file = source.resolve("a");
        vault.backup(spec(), Progress.NONE);
        var mtime = Files.getLastModifiedTime(file);
        byte[] content = Files.readAllBytes(file);
        Files.move(file, temp.resolve("old"));
        Files.write(file, content);
        Files.setLastModifiedTime(file, mtime);
        var ignoring = vault.backup(spec().with(BackupOption.IGNORE_INODE).with(BackupOption.DRY_RUN), Progress.NONE);
        assertThat(ignoring.snapshot().summary().orElseThrow().filesUnmodified())
                .isEqualTo(1);
        var looking = vault.backup(spec().with(BackupOption.IGNORE_CTIME).with(BackupOption.DRY_RUN), Progress.NONE);
        assertThat(looking.snapshot().summary().orElseThrow().filesChanged()).isEqualTo(1);
    }

    @Test
    void compressesAsHardAsAskedTo() throws IOException {
        long off = packed(Compression.Level.OFF);
        long usual = packed(Compression.Level.AUTO);
        assertThat(off).isGreaterThan(8000);
        assertThat(usual).isLessThan(off / 4);
        assertThat(packed(Compression.Level.MAX)).isLessThanOrEqualTo(usual);
    }

    private long packed(Compression.Level level) throws IOException {
        return vault.backup(spec().withCompression(level).with(BackupOption.DRY_RUN), Progress.NONE)
                .snapshot()
                .summary()
                .orElseThrow()
                .dataAddedPacked();
    }

    private BackupSpec spec() {
        return BackupSpec.of(List.of(new Root.Tree(source, "/s")));
    }
}
