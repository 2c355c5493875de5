package io.holdfast.vault.replica;

import io.holdfast.vault.snapshot.Snapshot;
import java.util.function.Predicate;

/**
 * What is brought to a copy, and how.
 *
 * @param wanted which snapshots of the source the copy is to hold; others that it holds stay
 * @param transfers how many packs are on their way at once. Together they take at most 64 MiB of memory and a
 *     sixteenth of the heap, or as much as the largest of them
 */
public record ReplicationSpec(Predicate<Snapshot> wanted, int transfers) {

    /** Every snapshot. */
    public static final ReplicationSpec ALL = new ReplicationSpec(_ -> true, 4);

    public ReplicationSpec {
        if (transfers < 1) {
            throw new IllegalArgumentException("transfers must be at least 1, was " + transfers);
        }
    }

    public ReplicationSpec withWanted(Predicate<Snapshot> which) {
        return new ReplicationSpec(which, transfers);
    }

    public ReplicationSpec withTransfers(int atOnce) {
        return new ReplicationSpec(wanted, atOnce);
    }
}
