package io.holdfast.vault.copy;

import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.replica.Finding;
import java.util.List;

/**
 * What copying into another repository came to.
 *
 * @param copied snapshots that the target did not have before, oldest first
 * @param present snapshots that it had already
 * @param blobs pieces of content that were written
 * @param bytes of those, before compression
 * @param problems why a wanted snapshot was not copied
 */
public record CopyReport(List<Pair> copied, List<Pair> present, long blobs, long bytes, List<Finding> problems) {

    /** A snapshot of the source, and the same in the target. */
    public record Pair(SnapshotId source, SnapshotId target) {}

    public CopyReport {
        copied = List.copyOf(copied);
        present = List.copyOf(present);
        problems = List.copyOf(problems);
    }

    /** Whether the target now has every wanted snapshot. */
    public boolean isComplete() {
        return problems.isEmpty();
    }
}
