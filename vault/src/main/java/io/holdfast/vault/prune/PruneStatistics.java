package io.holdfast.vault.prune;

/**
 * Sizes a plan is made of, in bytes of stored blobs, and numbers of packs.
 *
 * @param usedBytes of blobs that snapshots need, each counted once
 * @param duplicateBytes of further copies of those
 * @param unusedBytes of blobs that no snapshot needs, in indexed packs
 * @param unindexedBytes of packs that no index names
 * @param repackBytes to be read and written again
 * @param unusedBytesAfter of what will still be unused or double in indexed packs
 */
public record PruneStatistics(
        long usedBytes,
        long duplicateBytes,
        long unusedBytes,
        long unindexedBytes,
        long repackBytes,
        long unusedBytesAfter,
        int packsKept,
        int packsRepacked,
        int packsRemoved,
        int packsUnindexed) {}
