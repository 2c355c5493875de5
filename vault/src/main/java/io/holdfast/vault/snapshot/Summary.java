package io.holdfast.vault.snapshot;

import java.time.Instant;

/**
 * What a backup did.
 *
 * @param dataAdded bytes of new content
 * @param dataAddedPacked bytes the new content takes in the repository
 */
public record Summary(
        Instant backupStart,
        Instant backupEnd,
        long filesNew,
        long filesChanged,
        long filesUnmodified,
        long dirsNew,
        long dirsChanged,
        long dirsUnmodified,
        long dataBlobs,
        long treeBlobs,
        long dataAdded,
        long dataAddedPacked,
        long totalFilesProcessed,
        long totalBytesProcessed) {}
