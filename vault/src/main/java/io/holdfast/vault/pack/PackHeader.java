package io.holdfast.vault.pack;

import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.Digest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of a pack, which says what lies before it.
 *
 * <pre>
 * pack   = sealedBlob* sealed(entry*) u32(length of the sealed header)       little endian
 * entry  = 0|1 u32(sealed length) id                      data|tree, not compressed: 37 bytes
 *        | 2|3 u32(sealed length) u32(plain length) id    data|tree, compressed:     41 bytes
 * </pre>
 *
 * Blobs lie without gaps in the order of their entries.
 */
public final class PackHeader {

    private static final int PLAIN_ENTRY = 1 + 4 + Digest.BYTES;
    private static final int COMPRESSED_ENTRY = PLAIN_ENTRY + 4;
    private static final int TRAILER = 4;
    private static final int MOST = 16 * 1024 * 1024;

    private PackHeader() {}

    /** The size a pack with these blobs must have. */
    public static long packSize(List<PackedBlob> blobs) {
        long size = SealingKey.OVERHEAD + TRAILER;
        for (PackedBlob blob : blobs) {
            size += blob.length() + entrySize(blob);
        }
        return size;
    }

    static byte[] write(SealingKey key, List<PackedBlob> blobs) {
        int size = blobs.stream().mapToInt(PackHeader::entrySize).sum();
        ByteBuffer plain = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (PackedBlob blob : blobs) {
            int kind = blob.key().type() == BlobType.TREE ? 1 : 0;
            plain.put((byte) (blob.isCompressed() ? kind + 2 : kind)).putInt(blob.length());
            if (blob.isCompressed()) {
                plain.putInt(blob.plainLength());
            }
            plain.put(blob.key().id().digest().bytes());
        }
        byte[] sealed = key.seal(plain.array());
        return ByteBuffer.allocate(sealed.length + TRAILER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(sealed)
                .putInt(sealed.length)
                .array();
    }

    /** The blobs of a whole pack, from its own header. */
    public static List<PackedBlob> read(SealingKey key, byte[] pack) throws DamagedException {
        return read(key, pack, pack.length);
    }

    /**
     * The blobs of a pack, from its own header.
     *
     * @param tail the pack's last bytes, at least {@link #length(byte[], long)} of them
     * @param size of the whole pack
     */
    static List<PackedBlob> read(SealingKey key, byte[] tail, long size) throws DamagedException {
        int header = length(tail, size) - TRAILER;
        List<PackedBlob> blobs = entries(key.open(tail, tail.length - TRAILER - header, header));
        if (packSize(blobs) != size) {
            throw new DamagedException("pack header does not account for every byte");
        }
        return blobs;
    }

    /** How many bytes at the end of a pack its header takes, as the last four say. */
    static int length(byte[] tail, long size) throws DamagedException {
        if (size < TRAILER + SealingKey.OVERHEAD || tail.length < TRAILER) {
            throw new DamagedException("pack of %d bytes is too short".formatted(size));
        }
        int header = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tail.length - TRAILER);
        if (header < SealingKey.OVERHEAD || header > MOST || header > size - TRAILER) {
            throw new DamagedException("pack header has an impossible length of %d".formatted(header));
        }
        return header + TRAILER;
    }

    private static List<PackedBlob> entries(byte[] header) throws DamagedException {
        ByteBuffer in = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        List<PackedBlob> blobs = new ArrayList<>();
        long offset = 0;
        while (in.hasRemaining()) {
            int kind = in.get();
            if (kind < 0 || kind > 3 || in.remaining() < (kind > 1 ? COMPRESSED_ENTRY : PLAIN_ENTRY) - 1) {
                throw new DamagedException("pack header has a malformed entry");
            }
            int length = in.getInt();
            int plainLength = kind > 1 ? in.getInt() : 0;
            byte[] id = new byte[Digest.BYTES];
            in.get(id);
            if (length < SealingKey.OVERHEAD || plainLength < 0 || (kind > 1 && plainLength == 0)) {
                throw new DamagedException("pack header has an impossible length");
            }
            BlobType type = kind % 2 == 1 ? BlobType.TREE : BlobType.DATA;
            BlobKey key = new BlobKey(type, new BlobId(Digest.of(id, 0)));
            blobs.add(new PackedBlob(key, offset, length, plainLength));
            offset += length;
        }
        return blobs;
    }

    private static int entrySize(PackedBlob blob) {
        return blob.isCompressed() ? COMPRESSED_ENTRY : PLAIN_ENTRY;
    }
}
