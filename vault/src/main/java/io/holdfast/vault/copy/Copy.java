package io.holdfast.vault.copy;

import io.holdfast.vault.feedback.Watch;
import io.holdfast.vault.json.JsonEdit;
import io.holdfast.vault.lock.Standing;
import io.holdfast.vault.replica.Finding;
import io.holdfast.vault.replica.SourceSnapshots;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings snapshots of one repository into another: opened with the one's key, sealed with the other's, cut as they were.
 * Everything a snapshot needs is durable there before the snapshot is. Cut off anywhere, the target is valid, and the next
 * run does not write again what an index there names by then.
 */
public final class Copy {

    private final Repository source;
    private final Repository target;
    private final Standing standing;
    private final CopySpec spec;
    private final Twins there = new Twins();
    private final List<CopyReport.Pair> copied = new ArrayList<>();
    private final List<CopyReport.Pair> present = new ArrayList<>();
    private final List<Finding> problems = new ArrayList<>();
    private final CopiedBlobs blobs;

    /** @param target with its index read since its lock was taken */
    public Copy(Repository source, Repository target, Standing standing, CopySpec spec, Watch watch) {
        this.source = source;
        this.target = target;
        this.standing = standing;
        this.spec = spec;
        blobs = new CopiedBlobs(source, target, standing, spec.compression(), watch);
    }

    /** Runs once. Damage of the source concerns only the snapshots that need it. */
    public CopyReport run(List<Snapshot> inTarget) throws IOException {
        inTarget.forEach(there::add);
        SourceSnapshots wanted = SourceSnapshots.of(source, spec.wanted());
        problems.addAll(wanted.unreadable());
        source.index().refresh();
        for (Snapshot snapshot : wanted.oldestFirst()) {
            Optional<Snapshot> twin = there.of(snapshot);
            if (twin.isPresent()) {
                present.add(new CopyReport.Pair(snapshot.id(), twin.get().id()));
            } else {
                copy(snapshot);
            }
        }
        return new CopyReport(copied, present, blobs.written(), blobs.bytes(), problems);
    }

    private void copy(Snapshot snapshot) throws IOException {
        Set<String> damage = blobs.bring(snapshot.tree());
        if (!damage.isEmpty()) {
            problems.add(Finding.incomplete(
                    SnapshotFiles.handle(snapshot.id()), "was not copied, for it is not complete here", damage));
            return;
        }
        standing.verify();
        Snapshot copy = target.snapshots().storeJson(rewritten(snapshot));
        there.add(copy);
        copied.add(new CopyReport.Pair(snapshot.id(), copy.id()));
    }

    /** As restic does it: the parent means nothing there, and the first version's id stays with every copy. */
    private byte[] rewritten(Snapshot snapshot) throws IOException {
        return JsonEdit.parse(source.snapshots().json(snapshot.id()), "the snapshot")
                .remove("parent")
                .set("original", snapshot.original().orElse(snapshot.id()).toString())
                .utf8();
    }
}
