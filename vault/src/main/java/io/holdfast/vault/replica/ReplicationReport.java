package io.holdfast.vault.replica;

import io.holdfast.vault.model.SnapshotId;
import java.util.List;

/**
 * What a replication did.
 *
 * @param replicated snapshots that the target did not hold before, oldest first
 * @param complete all wanted snapshots of the source that the target now holds with everything they need
 * @param packsSent packs that were sent; such as were there from an attempt that was cut off are not sent again
 * @param lostPacks packs that the target's index named and the target no longer held
 * @param problems why a wanted snapshot, or one that only the target holds, is not complete there
 */
public record ReplicationReport(
        List<SnapshotId> replicated,
        List<SnapshotId> complete,
        long packsSent,
        long bytesSent,
        int lostPacks,
        List<Finding> problems) {

    public ReplicationReport {
        replicated = List.copyOf(replicated);
        complete = List.copyOf(complete);
        problems = List.copyOf(problems);
    }

    public boolean isComplete() {
        return problems.isEmpty();
    }
}
