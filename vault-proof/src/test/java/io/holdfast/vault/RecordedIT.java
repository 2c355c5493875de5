package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.pack.PackedBlob;
import io.holdfast.vault.prune.Allowance;
import io.holdfast.vault.prune.PruneSpec;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationSpec;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was written years ago is kept in its own version, so that the program that wrote it goes on with it too. */
class RecordedIT extends RecordedRepository {

    @ParameterizedTest
    @EnumSource
    void isContinuedAndPrunedInItsOwnVersion(Recorded recorded) throws IOException {
        try (Vault vault = open(recorded)) {
            Path source = restored(vault, vault.snapshots().getFirst());
            Files.writeString(source.resolve("added"), "compress me ".repeat(1000));
            BackupSpec spec = BackupSpec.of(new Root.Tree(source, "/source"));
            BackupResult result = vault.backup(spec, Progress.NONE);
            assertThat(result.snapshot().summary().orElseThrow().dataBlobs()).isEqualTo(1);
            List<Snapshot> old = vault.snapshots();
            vault.maintenance().tag(old.get(1)::equals, new TagChange.Edit(List.of("kept"), List.of()));
            vault.maintenance().forget(List.of(old.get(2).id(), old.get(3).id()));
            vault.maintenance().prune(PruneSpec.immediately().withMaxUnused(new Allowance.Bytes(0)));
            vault.maintenance().repairIndex(true);

            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
            assertThat(vault.check(CheckSpec.EVERYTHING).notes()).isEmpty();
            assertThat(vault.snapshots()).hasSize(2);
            assertRestores(vault, vault.snapshots().getLast());
            assertThat(Recorded.listing(restored(vault, result.snapshot()))).isEqualTo(Recorded.listing(source));
        }
        assertVersion(recorded, LocalBackend.at(repository()));
        judge(recorded, Restic.Program.INSTALLED);
        judge(recorded, Restic.Program.NEWER);
    }

    @ParameterizedTest
    @EnumSource
    void isCopiedInItsOwnVersion(Recorded recorded) throws IOException {
        MemoryBackend copy = new MemoryBackend();
        try (Vault vault = open(recorded)) {
            vault.copies().replicate(copy, ReplicationSpec.ALL, ReplicationListener.NONE);
        }
        try (Vault vault = Impatient.open(copy, PASSWORD)) {
            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
            assertRestores(vault, vault.snapshots().getFirst());
        }
        assertVersion(recorded, copy);
    }

    private void assertVersion(Recorded recorded, Backend place) throws IOException {
        boolean compresses = recorded.version() > 1;
        Repository repository =
                Opening.open(place, PASSWORD, VaultOptions.DEFAULT).repository();
        repository.index().refresh();
        List<PackedBlob> blobs = new ArrayList<>();
        repository.index().current().packs().forEach(pack -> blobs.addAll(pack.blobs()));
        assertThat(blobs).isNotEmpty();
        assertThat(blobs.stream().anyMatch(PackedBlob::isCompressed)).isEqualTo(compresses);
        for (FileType type : List.of(FileType.INDEX, FileType.SNAPSHOT)) {
            for (Backend.Entry entry : place.list(type)) {
                byte[] plain = repository.key().open(place.load(entry.handle()));
                assertThat(plain[0] == '{').as("%s", entry.handle()).isEqualTo(!compresses);
            }
        }
    }

    /** restic refuses or misreads what has no place in the version. */
    private void judge(Recorded recorded, Restic.Program program) throws IOException {
        if (program == Restic.Program.NEWER && System.getenv("HOLDFAST_RESTIC_NEWER") == null) {
            return;
        }
        Restic restic = program.on(repository()).withPassword(Recorded.PASSWORD);
        restic.checksEveryByte();
        Path target = Files.createTempDirectory(temp, "by-restic");
        restic.run("restore", "latest", "--target", target.toString());
        assertThat(target.resolve("source/added")).hasContent("compress me ".repeat(1000));
        assertThat(restic.backup(target.resolve("source"), "--force")
                        .get("data_blobs")
                        .asInt())
                .as("%s", recorded)
                .isZero();
        restic.run("prune");
        try (Vault vault = Impatient.open(LocalBackend.at(repository()), PASSWORD)) {
            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
        }
    }
}
