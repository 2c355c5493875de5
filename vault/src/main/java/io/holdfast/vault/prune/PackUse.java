package io.holdfast.vault.prune;

import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackedBlob;
import java.util.function.Predicate;

/**
 * How much of a pack is needed. Of a blob that lies in several packs one copy is, the others are not.
 *
 * @param size of the pack's file in bytes, as the index tells
 * @param kind what it holds
 * @param usedBlobs blobs of it that are needed
 * @param duplicateBlobs blobs that are needed from another pack
 * @param usedBytes of needed blobs
 * @param unusedBytes of all others
 * @param duplicateBytes of those needed from another pack
 * @param hasUncompressed whether a blob in it is not compressed
 */
record PackUse(
        PackId id,
        long size,
        Kind kind,
        int usedBlobs,
        int unusedBlobs,
        int duplicateBlobs,
        long usedBytes,
        long unusedBytes,
        long duplicateBytes,
        boolean hasUncompressed) {

    enum Kind {
        DATA,
        TREES,
        MIXED
    }

    static PackUse of(Pack pack, Predicate<PackedBlob> isUsed, Predicate<PackedBlob> isDuplicate) {
        int used = 0;
        int duplicates = 0;
        long usedBytes = 0;
        long unusedBytes = 0;
        long duplicateBytes = 0;
        boolean hasUncompressed = false;
        for (PackedBlob blob : pack.blobs()) {
            hasUncompressed |= !blob.isCompressed();
            if (isUsed.test(blob)) {
                used++;
                usedBytes += blob.length();
                continue;
            }
            unusedBytes += blob.length();
            if (isDuplicate.test(blob)) {
                duplicates++;
                duplicateBytes += blob.length();
            }
        }
        return new PackUse(
                pack.id(),
                pack.size(),
                kind(pack),
                used,
                pack.blobs().size() - used,
                duplicates,
                usedBytes,
                unusedBytes,
                duplicateBytes,
                hasUncompressed);
    }

    private static Kind kind(Pack pack) {
        boolean trees = pack.blobs().stream().anyMatch(blob -> blob.key().type() == BlobType.TREE);
        boolean data = pack.blobs().stream().anyMatch(blob -> blob.key().type() == BlobType.DATA);
        return trees && data ? Kind.MIXED : trees ? Kind.TREES : Kind.DATA;
    }

    boolean isNeeded() {
        return usedBlobs > 0;
    }

    /** The part of it that is not needed, from 0 to 1. */
    double unusedShare() {
        return (double) unusedBytes / size;
    }
}
