package io.holdfast.monitor;

import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.BackupId;
import io.holdfast.events.CatalogueRecord.CataloguedSnapshot;
import io.holdfast.events.Consistency;
import io.holdfast.events.ReplicaEvent.SnapshotReplicated;
import io.holdfast.events.SnapshotRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A verified regular snapshot.
 *
 * @param backup null when only a copy told of it
 * @param at what its freshness counts from: broker time where the site announced it, else when it was taken
 * @param seen broker time when it was first heard of
 * @param consistency null when it is not known
 * @param planRevision of the plan that said what to capture; null when it is not known
 */
record GoodSnapshot(
        SnapshotRef snapshot,
        @Nullable BackupId backup,
        Instant at,
        Instant seen,
        long files,
        long bytes,
        @Nullable Consistency consistency,
        @Nullable Long planRevision) {

    static GoodSnapshot announced(SnapshotTaken taken, Instant recordedAt) {
        return new GoodSnapshot(
                taken.snapshot(),
                taken.backup(),
                recordedAt,
                recordedAt,
                taken.files(),
                taken.bytes(),
                taken.consistency(),
                taken.planRevision());
    }

    /** A copy of it, that arrived then. */
    GoodSnapshot copiedAt(Instant recordedAt) {
        return new GoodSnapshot(snapshot, backup, at, recordedAt, files, bytes, consistency, planRevision);
    }

    /** A copy of a snapshot that the vault's own events and catalogue have not told of: its size is not known. */
    static GoodSnapshot copied(SnapshotReplicated copied, Instant recordedAt) {
        Instant at = copied.takenAt().isAfter(recordedAt) ? recordedAt : copied.takenAt();
        return new GoodSnapshot(copied.snapshot(), null, at, recordedAt, 0, 0, null, null);
    }

    /** A snapshot found in a place; one that claims to come from the future is as new as the record that tells of it. */
    static GoodSnapshot found(CataloguedSnapshot found, Instant recordedAt) {
        Instant at = found.takenAt().isAfter(recordedAt) ? recordedAt : found.takenAt();
        return new GoodSnapshot(
                found.snapshot(),
                found.backup(),
                at,
                recordedAt,
                found.files(),
                found.bytes(),
                found.consistency(),
                null);
    }
}
