package io.holdfast.vault.prune;

import io.holdfast.vault.rewrite.Removal;
import java.util.List;

/**
 * What a prune came to.
 *
 * @param packsDeleted packs whose files are gone
 * @param bytesDeleted of those
 * @param packsWaiting packs that no index names any more, and that a later prune will delete
 * @param bytesWaiting of those
 * @param stayed files that the place did not let go
 * @param doubts why nothing was deleted although it could have been; empty when nothing speaks against it
 */
public record PruneReport(
        PrunePlan plan,
        int packsDeleted,
        long bytesDeleted,
        int packsWaiting,
        long bytesWaiting,
        List<Removal.Stayed> stayed,
        List<String> doubts) {

    public PruneReport {
        stayed = List.copyOf(stayed);
        doubts = List.copyOf(doubts);
    }
}
