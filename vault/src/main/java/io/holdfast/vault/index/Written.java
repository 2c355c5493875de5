package io.holdfast.vault.index;

/**
 * What a writer has written.
 *
 * @param plainBytes of new content
 * @param storedBytes that the new content takes in packs
 */
public record Written(long dataBlobs, long treeBlobs, long plainBytes, long storedBytes) {

    /** What of this was not written yet then. */
    public Written since(Written then) {
        return new Written(
                dataBlobs - then.dataBlobs,
                treeBlobs - then.treeBlobs,
                plainBytes - then.plainBytes,
                storedBytes - then.storedBytes);
    }
}
