package io.holdfast.vault.repair;

import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.rewrite.Removal;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the repair of snapshots came to.
 *
 * @param repaired the snapshots that lacked something
 * @param unreadable snapshot files that cannot be read, which nothing can repair
 * @param stayed files that the place did not let go
 */
public record SnapshotsRepair(List<Repaired> repaired, List<String> unreadable, List<Removal.Stayed> stayed) {

    /**
     * One snapshot that lacked something.
     *
     * @param repairedAs the snapshot without it; null in a dry run, and where nothing of it can be read
     * @param changes paths and what became of them
     */
    public record Repaired(SnapshotId before, @Nullable Snapshot repairedAs, List<String> changes) {
        public Repaired {
            changes = List.copyOf(changes);
        }

        public Optional<Snapshot> after() {
            return Optional.ofNullable(repairedAs);
        }
    }

    public SnapshotsRepair {
        repaired = List.copyOf(repaired);
        unreadable = List.copyOf(unreadable);
        stayed = List.copyOf(stayed);
    }
}
