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
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.pack.PackedBlob;
import io.holdfast.vault.prune.Allowance;
import io.holdfast.vault.prune.PruneSpec;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationSpec;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.TreeJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was written years ago must still be read, and be kept in its own version, so that the program that wrote it goes on with it too. */
class RecordedIT extends RecordedRepository {

    @ParameterizedTest
    @EnumSource
    void isSoundAndComesBackAsItWas(Recorded recorded) throws IOException {
        try (Vault vault = open(recorded)) {
            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
            assertThat(vault.snapshots()).extracting(Snapshot::tags).containsExactly(tag(3), tag(2), tag(1));
            for (Snapshot snapshot : vault.snapshots()) {
                assertRestores(vault, snapshot);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsDirectoriesAreWrittenHereByteForByteAsThere(Recorded recorded) throws IOException {
        openQuickly(recorded).close();
        Repository repository = Opening.open(LocalBackend.at(repository()), PASSWORD, VaultOptions.DEFAULT)
                .repository();
        repository.index().refresh();
        int trees = 0;
        for (var key : repository.index().current().keys()) {
            if (key.type() == BlobType.TREE) {
                byte[] theirs = repository.blobs().read(key);
                byte[] ours = TreeJson.write(TreeJson.read(theirs));
                assertThat(ours).asString().isEqualTo(new String(theirs, StandardCharsets.UTF_8));
                assertThat(BlobId.ofContent(ours)).isEqualTo(key.id());
                trees++;
            }
        }
        assertThat(trees).isGreaterThan(8);
    }

    @ParameterizedTest
    @EnumSource
    void isContinuedAndPrunedInItsOwnVersion(Recorded recorded) throws IOException {
        try (Vault vault = openQuickly(recorded)) {
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
        try (Vault vault = openQuickly(recorded)) {
            vault.copies().replicate(copy, ReplicationSpec.ALL, ReplicationListener.NONE);
        }
        try (Vault vault = Impatient.open(copy, PASSWORD)) {
            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
            assertRestores(vault, vault.snapshots().getFirst());
        }
        assertVersion(recorded, copy);
    }

    private static List<String> tag(int number) {
        return List.of(Integer.toString(number));
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
