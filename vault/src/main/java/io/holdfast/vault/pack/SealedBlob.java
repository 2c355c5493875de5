package io.holdfast.vault.pack;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;

/**
 * A blob ready for a pack, wherever in it.
 *
 * @param sealed must not be changed
 * @param plainLength bytes before compression; 0 when the blob is not compressed
 */
@SuppressWarnings("ArrayRecordComponent")
public record SealedBlob(BlobKey key, byte[] sealed, int plainLength) {

    /** Compresses trees always and data where it helps, then seals. */
    public static SealedBlob of(BlobKey key, byte[] content, SealingKey sealing) {
        byte[] frame = Compression.compress(content);
        boolean compressed = key.type() == BlobType.TREE || frame.length < content.length;
        return new SealedBlob(key, sealing.seal(compressed ? frame : content), compressed ? content.length : 0);
    }

    PackedBlob at(long offset) {
        return new PackedBlob(key, offset, sealed.length, plainLength);
    }
}
