package io.holdfast.vault.pack;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;

/**
 * One blob's place within its pack.
 *
 * @param offset of the sealed blob, in bytes
 * @param length of the sealed blob, in bytes
 * @param plainLength bytes before compression; 0 when the blob is not compressed
 */
public record PackedBlob(BlobKey key, long offset, int length, int plainLength) {

    public boolean isCompressed() {
        return plainLength != 0;
    }

    /** Bytes of content, after decompression. */
    public int contentLength() {
        return isCompressed() ? plainLength : length - SealingKey.OVERHEAD;
    }

    /** Opens the blob and hashes what comes out; the sealed bytes start at {@code at}. */
    public byte[] open(SealingKey sealing, byte[] source, int at) throws DamagedException {
        try {
            byte[] plain = sealing.open(source, at, length);
            byte[] content = isCompressed() ? Compression.decompress(plain, plainLength) : plain;
            if (!BlobId.ofContent(content).equals(key.id())) {
                throw new DamagedException("its content does not hash to its id");
            }
            return content;
        } catch (DamagedException e) {
            throw new DamagedException("%s is damaged: %s".formatted(key, e.getMessage()), e);
        }
    }
}
