package io.holdfast.vault.replica;

import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.lock.Standing;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackedBlob;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings a target to hold the wanted snapshots of a source, by comparing the two: packs first, then an index that names
 * them, then the snapshot file, all byte for byte. Cut off anywhere, it leaves a valid copy and goes on from there next
 * time.
 */
final class Replication {

    private final Repository source;
    private final Replica target;
    private final Transfer transfer;
    private final Standing standing;
    private final ReplicationListener listener;
    private final Filling filling;
    private final List<SnapshotId> replicated = new ArrayList<>();
    private final List<SnapshotId> complete = new ArrayList<>();
    private final List<Finding> problems = new ArrayList<>();
    private TreeWalk walk;
    private long snapshotBytes;

    Replication(Repository source, Replica target, Transfer transfer, Standing standing, ReplicationListener listener) {
        this.source = source;
        this.target = target;
        this.transfer = transfer;
        this.standing = standing;
        this.listener = listener;
        filling = new Filling(source, target, transfer);
        walk = newWalk();
    }

    /**
     * Runs once, over a target whose index has been read.
     *
     * @param wanted snapshots of the source
     * @param present snapshot files of the target
     * @param known snapshots of the target that need not be looked at, because nothing they need has changed
     */
    ReplicationReport run(SourceSnapshots wanted, Set<Handle> present, Set<SnapshotId> known) throws IOException {
        problems.addAll(wanted.unreadable());
        int lostPacks = target.lost().size() + target.doubtful().size();
        for (Snapshot snapshot : wanted.oldestFirst()) {
            boolean missing = !present.contains(SnapshotFiles.handle(snapshot.id()));
            if (!missing && known.contains(snapshot.id())) {
                complete.add(snapshot.id());
            } else {
                replicate(snapshot, missing);
            }
        }
        fillLost();
        return new ReplicationReport(
                replicated, complete, transfer.packsSent(), transfer.bytesSent() + snapshotBytes, lostPacks, problems);
    }

    private void replicate(Snapshot snapshot, boolean missing) throws IOException {
        long before = transfer.bytesSent();
        Handle file = SnapshotFiles.handle(snapshot.id());
        Set<BlobKey> lacking = new LinkedHashSet<>();
        Set<String> damage = new LinkedHashSet<>();
        walk.walk(
                snapshot.tree(),
                blob -> {
                    if (!target.holds(blob)) {
                        lacking.add(blob);
                    }
                },
                damage::add);
        damage.addAll(filling.bring(lacking));
        if (!damage.isEmpty()) {
            problems.add(Finding.incomplete(file, "is not complete in the target", damage));
            // Everything is walked again, so that each snapshot that needs what is damaged says so.
            walk = newWalk();
            return;
        }
        long bytes = transfer.bytesSent() - before;
        if (missing) {
            bytes += send(file);
            replicated.add(snapshot.id());
        }
        complete.add(snapshot.id());
        if (bytes > 0) {
            listener.snapshotReplicated(snapshot, bytes, missing);
        }
    }

    private long send(Handle snapshot) throws IOException {
        byte[] file = SealedFiles.loadVerified(source.backend(), snapshot);
        standing.verify();
        target.store(snapshot, file);
        snapshotBytes += file.length;
        return file.length;
    }

    /** Snapshots that only the target holds may need what it lost: the source gives back what it still has. */
    private void fillLost() throws IOException {
        for (Pack pack : target.lost()) {
            fill(pack, "was lost in the target and cannot be filled in again");
        }
        for (Pack pack : target.doubtful()) {
            fill(pack, "is damaged in the target and cannot be filled in again");
        }
        for (Pack pack : target.doubtful()) {
            problems.add(new Finding(
                    Finding.Kind.WRONG_SIZE, pack.handle(), "is damaged in the target: audit and repair that copy"));
        }
    }

    private void fill(Pack pack, String failure) throws IOException {
        Set<String> damage =
                filling.bring(pack.blobs().stream().map(PackedBlob::key).toList());
        if (!damage.isEmpty()) {
            problems.add(Finding.incomplete(pack.handle(), failure, damage));
        }
    }

    private TreeWalk newWalk() {
        return new TreeWalk(List.of(source.trees()));
    }
}
