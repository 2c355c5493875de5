package io.holdfast.vault.prune;

import io.holdfast.vault.model.PackId;
import java.util.Set;

/**
 * What a prune does to packs.
 *
 * @param remove indexed packs of which nothing is needed
 * @param repack indexed packs of which the rest is put into new ones
 * @param missing packs that the index names and that are not there; nothing of them is needed
 * @param unindexed packs that no index file names
 */
public record PrunePlan(
        Set<PackId> remove,
        Set<PackId> repack,
        Set<PackId> missing,
        Set<PackId> unindexed,
        PruneStatistics statistics) {

    public PrunePlan {
        remove = Set.copyOf(remove);
        repack = Set.copyOf(repack);
        missing = Set.copyOf(missing);
        unindexed = Set.copyOf(unindexed);
    }
}
