package io.holdfast.vault.pack;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import java.util.zip.CRC32C;

/**
 * Makes blobs ready for packs, and opens them there, in two buffers that it keeps, so that nothing large is left to the
 * collector. For one thread.
 */
public final class BlobCodec {

    /** Enough for the largest chunk, whatever becomes of it. */
    private static final int LARGEST = (8 << 20) + (64 << 10);

    private final SealingKey key;
    private final Compression.Level level;
    private byte[] first = new byte[0];
    private byte[] second = new byte[0];

    public BlobCodec(SealingKey key, Compression.Level level) {
        this.key = key;
        this.level = level;
    }

    /** For opening only. */
    public BlobCodec(SealingKey key) {
        this(key, Compression.Level.OFF);
    }

    /**
     * Compresses trees always, data where it is wanted and helps, and nothing for version 1; then seals.
     *
     * @return valid until this codec is used again
     */
    public SealedBlob seal(NewBlob blob) {
        BlobType type = blob.key().type();
        int length = blob.length();
        boolean compresses = level.compresses(type);
        int frame = length;
        if (compresses) {
            first = atLeast(Compression.bound(length), first);
            frame = Compression.compress(blob.buffer(), length, first, level);
        }
        boolean compressed = compresses && (type == BlobType.TREE || frame < length);
        int stored = compressed ? frame : length;
        second = atLeast(stored + SealingKey.OVERHEAD, second);
        key.seal(compressed ? first : blob.buffer(), stored, second);
        return new SealedBlob(blob.key(), blob.crc(), second, stored + SealingKey.OVERHEAD, compressed ? length : 0);
    }

    /**
     * What a blob holds.
     *
     * @param buffer begins with it; valid until the codec is used again
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Content(byte[] buffer, int length) {}

    /** As {@link PackedBlob#open}: opens the blob and hashes what comes out; the sealed bytes start at {@code at}. */
    public Content open(PackedBlob blob, byte[] source, int at) throws DamagedException {
        try {
            Content content = unsealed(blob, source, at);
            if (!BlobId.ofContent(content.buffer(), content.length())
                    .equals(blob.key().id())) {
                throw new DamagedException("its content does not hash to its id");
            }
            return content;
        } catch (DamagedException e) {
            throw new DamagedException("%s is damaged: %s".formatted(blob.key(), e.getMessage()), e);
        }
    }

    /**
     * Opens a blob of a pack that has not been stored yet.
     *
     * @param crc of the content when it was named: {@link NewBlob#crc}
     */
    void check(PackedBlob blob, int crc, byte[] pack) throws DamagedException {
        try {
            Content content = unsealed(blob, pack, (int) blob.offset());
            CRC32C now = new CRC32C();
            now.update(content.buffer(), 0, content.length());
            if ((int) now.getValue() != crc) {
                throw new DamagedException("its content is not what was hashed");
            }
        } catch (DamagedException e) {
            throw new DamagedException(
                    "a new pack does not read back as written: %s: %s".formatted(blob.key(), e.getMessage()), e);
        }
    }

    private Content unsealed(PackedBlob blob, byte[] source, int at) throws DamagedException {
        first = atLeast(blob.length(), first);
        int length = key.open(source, at, blob.length(), first);
        if (!blob.isCompressed()) {
            return new Content(first, length);
        }
        Compression.mustBePossible(length, blob.plainLength());
        second = atLeast(blob.plainLength(), second);
        Compression.decompress(first, length, second, blob.plainLength());
        return new Content(second, blob.plainLength());
    }

    private static byte[] atLeast(int length, byte[] buffer) {
        return buffer.length >= length ? buffer : new byte[Math.max(length, Math.min(2 * buffer.length, LARGEST))];
    }
}
