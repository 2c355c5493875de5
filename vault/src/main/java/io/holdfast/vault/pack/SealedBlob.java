package io.holdfast.vault.pack;

import io.holdfast.vault.model.BlobKey;

/**
 * A blob ready for a pack, wherever in it.
 *
 * @param crc of its content when that was named: {@link NewBlob#crc}
 * @param buffer begins with the sealed content
 * @param length of the sealed content
 * @param plainLength bytes before compression; 0 when the blob is not compressed
 */
@SuppressWarnings("ArrayRecordComponent")
public record SealedBlob(BlobKey key, int crc, byte[] buffer, int length, int plainLength) {

    PackedBlob at(long offset) {
        return new PackedBlob(key, offset, length, plainLength);
    }
}
