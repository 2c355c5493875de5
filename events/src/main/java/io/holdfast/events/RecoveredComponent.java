package io.holdfast.events;

import java.time.Instant;

/** One component's part of a recovery point. Sizes in bytes before deduplication. */
public record RecoveredComponent(
        String component, BackupId backup, SnapshotRef snapshot, Instant takenAt, long files, long bytes) {

    public RecoveredComponent {
        Names.require("component", component);
    }
}
