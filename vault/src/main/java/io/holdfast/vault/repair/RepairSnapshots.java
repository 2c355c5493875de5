package io.holdfast.vault.repair;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.json.JsonEdit;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.rewrite.Removal;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Writes snapshots that lack something anew without it, so that the rest can be restored and continued. The repaired one
 * says which it came from.
 */
public final class RepairSnapshots {

    /** What a repaired snapshot is tagged with, as long as the one it came from is kept. */
    private static final String TAG = "repaired";

    private final Repository repository;
    private final boolean forget;
    private final boolean dryRun;
    private final List<String> unreadable = new ArrayList<>();

    /**
     * @param forget whether a snapshot goes once its repaired version is there, or nothing of it can be read
     * @param dryRun whether only to tell what is lost
     */
    public RepairSnapshots(Repository repository, boolean forget, boolean dryRun) {
        this.repository = repository;
        this.forget = forget;
        this.dryRun = dryRun;
    }

    public SnapshotsRepair run(HeldLock lock, Predicate<Snapshot> chosen) throws IOException {
        List<Snapshot> snapshots = readable().stream().filter(chosen).toList();
        repository.index().refresh();
        List<SnapshotsRepair.Repaired> repaired = new ArrayList<>();
        Removal removal = new Removal(repository.backend(), lock);
        try (BlobWriter writer = writer(lock)) {
            RepairedTrees trees = new RepairedTrees(repository, present(), writer);
            for (Snapshot snapshot : snapshots) {
                lock.verify();
                Optional<RepairedTrees.Repaired> tree = trees.repair(snapshot.tree());
                if (tree.isEmpty() || !tree.get().changes().isEmpty()) {
                    writer.flush();
                    repaired.add(repair(snapshot, tree, removal));
                }
            }
        }
        return new SnapshotsRepair(repaired, unreadable, removal.stayed());
    }

    private List<Snapshot> readable() throws IOException {
        List<Snapshot> snapshots = new ArrayList<>();
        for (SnapshotId id : repository.snapshots().ids()) {
            try {
                snapshots.add(repository.snapshots().load(id));
            } catch (DamagedException e) {
                unreadable.add(String.valueOf(e.getMessage()));
            }
        }
        return snapshots;
    }

    private BlobWriter writer(HeldLock lock) {
        return dryRun
                ? repository.countingWriter(Compression.Level.AUTO)
                : repository.provingWriter(Compression.Level.AUTO, lock::verify);
    }

    private Set<PackId> present() throws IOException {
        BlobIndex index = repository.index().current();
        Map<PackId, Long> listed = new PackReading(repository.backend().uncached(), repository.key()).list();
        Set<PackId> present = new HashSet<>();
        for (Pack pack : index.packs()) {
            if (pack.size() == listed.getOrDefault(pack.id(), -1L)) {
                present.add(pack.id());
            }
        }
        return present;
    }

    private SnapshotsRepair.Repaired repair(Snapshot snapshot, Optional<RepairedTrees.Repaired> tree, Removal removal)
            throws IOException {
        List<String> changes =
                tree.map(RepairedTrees.Repaired::changes).orElse(List.of("/: nothing of it can be read"));
        if (dryRun) {
            return new SnapshotsRepair.Repaired(snapshot.id(), null, changes);
        }
        Snapshot after = tree.isPresent() ? rewrite(snapshot, tree.get().tree()) : null;
        if (forget) {
            removal.remove(SnapshotFiles.handle(snapshot.id()));
        }
        return new SnapshotsRepair.Repaired(snapshot.id(), after, changes);
    }

    private Snapshot rewrite(Snapshot snapshot, BlobId tree) throws IOException {
        JsonEdit edit = JsonEdit.parse(repository.snapshots().json(snapshot.id()), "the snapshot");
        edit.set("tree", tree.toString()).set("original", snapshot.id().toString());
        if (!forget && !snapshot.tags().contains(TAG)) {
            List<String> tags = new ArrayList<>(snapshot.tags());
            tags.add(TAG);
            edit.set("tags", tags);
        }
        return repository.snapshots().storeJson(edit.utf8());
    }
}
