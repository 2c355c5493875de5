package io.holdfast.vault;

import io.holdfast.vault.model.SnapshotId;
import java.util.List;

/**
 * What a replication did.
 *
 * @param replicated snapshots that the target did not hold before, oldest first
 * @param complete all snapshots of the source that the target now holds with everything they need
 * @param lostPacks packs that the target's index named and the target no longer held
 * @param problems why a snapshot of the source is not complete in the target
 */
public record ReplicationReport(
        List<SnapshotId> replicated,
        List<SnapshotId> complete,
        long packsSent,
        long bytesSent,
        int lostPacks,
        List<Problem> problems) {

    public ReplicationReport {
        replicated = List.copyOf(replicated);
        complete = List.copyOf(complete);
        problems = List.copyOf(problems);
    }

    public boolean isComplete() {
        return problems.isEmpty();
    }
}
