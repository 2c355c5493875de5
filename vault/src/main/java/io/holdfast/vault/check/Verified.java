package io.holdfast.vault.check;

import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.model.SnapshotId;
import java.util.List;

/**
 * What reading a snapshot back found.
 *
 * @param blobs distinct blobs that the snapshot needs and that were read
 * @param packs packs that were read whole and hashed
 * @param bytes bytes of those packs
 * @param problems what the snapshot needs and is missing or damaged
 */
public record Verified(SnapshotId snapshot, long blobs, long packs, long bytes, List<Problem> problems) {

    public Verified {
        problems = List.copyOf(problems);
    }

    public boolean isIntact() {
        return problems.isEmpty();
    }
}
