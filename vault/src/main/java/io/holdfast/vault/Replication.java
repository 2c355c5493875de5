package io.holdfast.vault;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.pack.PackedBlob;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFiles;
import io.holdfast.vault.tree.Reachable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings a target to hold every snapshot of a source, by comparing the two: packs first, then an index that names them,
 * then the snapshot file, all byte for byte. Cut off anywhere, it leaves a valid copy and goes on from there next time.
 */
final class Replication {

    private final Repository source;
    private final ReplicaTarget target;
    private final ReplicationListener listener;
    private final PackReading packs;
    private final Map<PackId, String> unreadable = new HashMap<>();
    private final Set<PackId> sent = new LinkedHashSet<>();
    private final List<SnapshotId> replicated = new ArrayList<>();
    private final List<SnapshotId> complete = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> damage = new ArrayList<>();
    private Reachable reachable;
    private long bytesSent;

    Replication(Repository source, ReplicaTarget target, ReplicationListener listener) {
        this.source = source;
        this.target = target;
        this.listener = listener;
        packs = new PackReading(source.backend(), source.key());
        reachable = newWalk();
    }

    ReplicationReport run() throws IOException {
        List<Snapshot> oldestFirst = snapshots();
        source.index().refresh();
        target.readIndex();
        Set<Handle> present = target.list(FileType.SNAPSHOT);
        boolean lacksNothing = source.index().current().keys().stream().allMatch(target::holds);
        for (Snapshot snapshot : oldestFirst) {
            boolean missing = !present.contains(SnapshotFiles.handle(snapshot.id()));
            if (!missing && lacksNothing) {
                complete.add(snapshot.id());
            } else {
                replicate(snapshot, missing);
            }
        }
        fillLost();
        return new ReplicationReport(
                replicated, complete, sent.size(), bytesSent, target.lost().size(), problems);
    }

    private List<Snapshot> snapshots() throws BackendException {
        List<Snapshot> snapshots = new ArrayList<>();
        for (SnapshotId id : source.snapshots().ids()) {
            try {
                snapshots.add(source.snapshots().load(id));
            } catch (DamagedException e) {
                problems.add(new Problem("snapshot " + id.shortForm(), Problem.reason(e)));
            }
        }
        snapshots.sort(Comparator.comparing(Snapshot::time).thenComparing(Snapshot::id));
        return snapshots;
    }

    private void replicate(Snapshot snapshot, boolean missing) throws IOException {
        long before = bytesSent;
        int damageBefore = damage.size();
        Set<PackId> needed = new LinkedHashSet<>();
        for (BlobKey key : reachable.add(snapshot.tree())) {
            if (!target.holds(key)) {
                locate(key, needed);
            }
        }
        for (PackId pack : needed) {
            send(pack);
        }
        target.flush();
        if (damage.size() > damageBefore) {
            problems.add(new Problem(
                    "snapshot " + snapshot.id().shortForm(),
                    "is not complete in the target: "
                            + String.join("; ", damage.subList(damageBefore, damage.size()))));
            reachable = newWalk();
            return;
        }
        if (missing) {
            Handle handle = SnapshotFiles.handle(snapshot.id());
            byte[] file = SealedFiles.loadVerified(source.backend(), handle);
            target.store(handle, file);
            bytesSent += file.length;
            replicated.add(snapshot.id());
        }
        complete.add(snapshot.id());
        if (missing || bytesSent > before) {
            listener.snapshotReplicated(snapshot, bytesSent - before, missing);
        }
    }

    private void locate(BlobKey key, Set<PackId> needed) {
        BlobIndex index = source.index().current();
        index.find(key)
                .ifPresentOrElse(
                        at -> needed.add(at.pack()),
                        () -> damage.add("%s is in no index of the source".formatted(key)));
    }

    private void send(PackId pack) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        String known = unreadable.get(pack);
        if (known != null) {
            damage.add(known);
        } else if (!sent.contains(pack)) {
            byte[] content;
            Pack described;
            try {
                content = packs.load(pack);
                described = packs.describe(pack, content);
            } catch (DamagedException e) {
                unreadable.put(pack, Problem.reason(e));
                damage.add(Problem.reason(e));
                return;
            }
            target.send(described, content);
            sent.add(pack);
            bytesSent += content.length;
            listener.packReplicated(pack, content.length);
        }
    }

    /** Snapshots that only the target holds may need what it lost: the source gives back what it still has. */
    private void fillLost() throws IOException {
        for (Pack pack : target.lost()) {
            Set<PackId> here = new LinkedHashSet<>();
            damage.clear();
            for (PackedBlob blob : pack.blobs()) {
                if (!target.holds(blob.key())) {
                    locate(blob.key(), here);
                }
            }
            for (PackId each : here) {
                send(each);
            }
            target.flush();
            if (!damage.isEmpty()) {
                problems.add(new Problem(
                        PackReading.handle(pack.id()).toString(),
                        "was lost in the target and cannot be filled in again: " + String.join("; ", damage)));
            }
        }
    }

    /** After damage everything is walked again, so that each snapshot that needs what is damaged says so. */
    private Reachable newWalk() {
        return new Reachable(source.trees(), e -> damage.add(Problem.reason(e)));
    }
}
