package io.holdfast.vault.pack;

import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.Digest;
import java.security.MessageDigest;
import java.util.zip.CRC32C;

/**
 * Content on its way into a pack, and what it was when it was named: its id, and a checksum of the very bytes that were
 * hashed. The checksum goes with it until its pack is read back, and costs a tenth of hashing it there again.
 *
 * @param crc CRC-32C (RFC 3720, section 12.1): it notices up to three wrong bits of a blob, and whatever lies within 32
 * @param buffer begins with the content
 * @param length of the content, in bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record NewBlob(BlobKey key, int crc, byte[] buffer, int length) {

    /** Hashed and summed by turns, while the processor has the bytes at hand: nothing can change them in between. */
    private static final int STEP = 16 * 1024;

    /** Names what a buffer begins with. The buffer must stay as it is until the blob has been sealed. */
    public static NewBlob of(BlobType type, byte[] buffer, int length) {
        MessageDigest sha = Digest.sha256();
        CRC32C crc = new CRC32C();
        for (int at = 0; at < length; at += STEP) {
            int step = Math.min(STEP, length - at);
            sha.update(buffer, at, step);
            crc.update(buffer, at, step);
        }
        BlobId id = new BlobId(Digest.of(sha.digest(), 0));
        return new NewBlob(new BlobKey(type, id), (int) crc.getValue(), buffer, length);
    }
}
