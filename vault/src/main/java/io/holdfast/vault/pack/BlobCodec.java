package io.holdfast.vault.pack;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;

/**
 * Makes blobs ready for packs, and checks them there, in two buffers that it keeps, so that nothing large is left to the
 * collector. For one thread.
 */
public final class BlobCodec {

    private final SealingKey key;
    private final Compression.Level level;
    private byte[] first = new byte[0];
    private byte[] second = new byte[0];

    public BlobCodec(SealingKey key, Compression.Level level) {
        this.key = key;
        this.level = level;
    }

    /**
     * Compresses trees always, data where it is wanted and helps, then seals.
     *
     * @return valid until this codec is used again
     */
    public SealedBlob seal(BlobKey blob, byte[] content, int length) {
        boolean isTree = blob.type() == BlobType.TREE;
        int frame = length;
        if (isTree || level != Compression.Level.OFF) {
            first = atLeast(Compression.bound(length), first);
            frame = Compression.compress(content, length, first, level);
        }
        boolean compressed = isTree || frame < length;
        int stored = compressed ? frame : length;
        second = atLeast(stored + SealingKey.OVERHEAD, second);
        key.seal(compressed ? first : content, stored, second);
        return new SealedBlob(blob, second, stored + SealingKey.OVERHEAD, compressed ? length : 0);
    }

    /** Opens a blob of a pack and hashes what comes out. */
    void check(PackedBlob blob, byte[] pack) throws DamagedException {
        first = atLeast(blob.length(), first);
        int length = key.open(pack, (int) blob.offset(), blob.length(), first);
        byte[] content = first;
        if (blob.isCompressed()) {
            second = atLeast(blob.plainLength(), second);
            Compression.decompress(first, length, second, blob.plainLength());
            content = second;
        }
        if (!BlobId.ofContent(content, blob.contentLength()).equals(blob.key().id())) {
            throw new DamagedException("%s of a new pack does not read back as written".formatted(blob.key()));
        }
    }

    private static byte[] atLeast(int length, byte[] buffer) {
        return buffer.length >= length ? buffer : new byte[length];
    }
}
