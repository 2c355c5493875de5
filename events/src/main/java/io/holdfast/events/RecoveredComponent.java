package io.holdfast.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One component's part of a recovery point. Sizes in bytes before deduplication.
 *
 * @param consistency null: its snapshot does not say
 */
public record RecoveredComponent(
        String component,
        BackupId backup,
        SnapshotRef snapshot,
        Instant takenAt,
        long files,
        long bytes,
        @Nullable Consistency consistency) {

    public RecoveredComponent {
        Names.require("component", component);
    }
}
