package io.holdfast.vault.contents;

/**
 * What two snapshots differ by.
 *
 * @param changedFiles files whose content has changed
 */
public record DiffTotals(long changedFiles, Side added, Side removed) {

    /**
     * What only one of the snapshots has.
     *
     * @param others links, devices and the like
     * @param dataBlobs chunks that only it needs
     * @param treeBlobs directories that only it needs
     * @param bytes of those blobs, before compression
     */
    public record Side(long files, long dirs, long others, long dataBlobs, long treeBlobs, long bytes) {}
}
