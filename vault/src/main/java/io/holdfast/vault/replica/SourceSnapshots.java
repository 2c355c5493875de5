package io.holdfast.vault.replica;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The snapshots of a source that another place is to hold, and what is wrong with those that cannot be read. */
public record SourceSnapshots(List<Snapshot> oldestFirst, List<Finding> unreadable) {

    public static SourceSnapshots of(Repository source, Predicate<Snapshot> wanted) throws BackendException {
        List<Snapshot> snapshots = new ArrayList<>();
        List<Finding> unreadable = new ArrayList<>();
        for (SnapshotId id : source.snapshots().ids()) {
            try {
                Snapshot snapshot = source.snapshots().load(id);
                if (wanted.test(snapshot)) {
                    snapshots.add(snapshot);
                }
            } catch (DamagedException e) {
                unreadable.add(
                        new Finding(Finding.Kind.DAMAGED, SnapshotFiles.handle(id), String.valueOf(e.getMessage())));
            }
        }
        snapshots.sort(Comparator.comparing(Snapshot::time).thenComparing(Snapshot::id));
        return new SourceSnapshots(snapshots, unreadable);
    }
}
