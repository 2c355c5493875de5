package io.holdfast.vault.check;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.feedback.Watch;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobReader;
import io.holdfast.vault.index.IndexFile;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.pack.PackedBlob;
import io.holdfast.vault.repository.KeyRing;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.repository.RepositoryConfig;
import io.holdfast.vault.snapshot.SnapshotFiles;
import io.holdfast.vault.tree.TreeWalk;
import io.holdfast.vault.tree.Trees;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks a repository from what its files say now, not from what is in memory. All damage is collected, not only the first. */
public final class Check {

    private final Repository repository;
    private final Watch watch;
    private final CheckFindings findings = new CheckFindings();
    private final BlobIndex index = new BlobIndex();
    private int repeatedPacks;

    public Check(Repository repository, Watch watch) {
        this.repository = repository;
        this.watch = watch;
    }

    public CheckReport run(CheckSpec spec) throws IOException {
        findings.attempt(
                Handle.CONFIG,
                () -> RepositoryConfig.open(
                        repository.key(), repository.backend().load(Handle.CONFIG)));
        KeyRing keys = new KeyRing(repository.backend());
        for (var key : keys.ids()) {
            findings.attempt(KeyRing.handle(key), () -> KeyFile.label(keys.load(key)));
        }
        List<SnapshotId> snapshots = repository.snapshots().ids();
        readIndex();
        Map<PackId, Long> packs = comparePacks();
        walk(snapshots);
        CheckedPacks read = new CheckedPacks(repository, index, findings, watch);
        read.run(spec.readData(), packs);
        return new CheckReport(
                snapshots.size(),
                index.packs().size(),
                index.size(),
                read.packs(),
                read.bytes(),
                findings.problems(),
                findings.damagedPacks(),
                findings.notes());
    }

    private void readIndex() throws IOException {
        List<Backend.Entry> files = repository.backend().list(FileType.INDEX);
        int done = 0;
        for (Backend.Entry file : files) {
            findings.attempt(file.handle(), () -> {
                List<Pack> named = IndexFile.read(repository.files().load(file.handle()));
                named.forEach(this::compareIndexed);
                index.add(named);
            });
            watch.at("index files", ++done, files.size());
        }
        if (repeatedPacks > 0) {
            findings.note("%d packs are named by several index files; repairing the index joins them"
                    .formatted(repeatedPacks));
        }
    }

    private void compareIndexed(Pack pack) {
        Pack before = index.pack(pack.id());
        if (before != null && before.equals(pack)) {
            repeatedPacks++;
        } else if (before != null) {
            findings.problem(pack.handle(), "two index files say different things about it");
        }
        long offset = 0;
        for (PackedBlob blob : pack.blobs()) {
            if (blob.offset() != offset) {
                findings.damagedPack(pack.id(), pack.handle(), "the index does not say all that is in it");
                break;
            }
            offset += blob.length();
        }
        boolean trees = pack.blobs().stream().anyMatch(blob -> blob.key().type() == BlobType.TREE);
        boolean data = pack.blobs().stream().anyMatch(blob -> blob.key().type() == BlobType.DATA);
        if (trees && data) {
            findings.note("%s holds both data and trees".formatted(pack.handle()));
        }
    }

    /** Gives the packs that the index names and that are there, with the size of each. */
    private Map<PackId, Long> comparePacks() throws IOException {
        Map<PackId, Long> listed = new PackReading(repository.backend(), repository.key()).list();
        Map<PackId, Long> indexed = new HashMap<>();
        for (Pack pack : index.packs()) {
            Long size = listed.remove(pack.id());
            if (size == null) {
                findings.damagedPack(pack.id(), pack.handle(), "is missing");
                continue;
            }
            indexed.put(pack.id(), size);
            if (size != pack.size()) {
                findings.damagedPack(
                        pack.id(), pack.handle(), "has %d bytes instead of %d".formatted(size, pack.size()));
            }
        }
        if (!listed.isEmpty()) {
            findings.note(
                    "%d packs are in no index; a backup that was broken off leaves such, and a prune before it deletes"
                            .formatted(listed.size()));
        }
        return indexed;
    }

    private void walk(List<SnapshotId> snapshots) throws IOException {
        SnapshotFiles files = new SnapshotFiles(repository.backend(), repository.files());
        Set<BlobId> roots = new LinkedHashSet<>();
        for (SnapshotId id : snapshots) {
            findings.attempt(
                    SnapshotFiles.handle(id), () -> roots.add(files.load(id).tree()));
        }
        Trees trees = new Trees(new BlobReader(repository.backend(), repository.key(), () -> index));
        TreeWalk.through(trees, roots, new CheckedTrees(index, findings, watch));
    }
}
