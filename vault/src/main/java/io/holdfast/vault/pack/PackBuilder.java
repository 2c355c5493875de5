package io.holdfast.vault.pack;

import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects blobs of one type until they make a pack. May be used again and again, by one thread at a time. */
public final class PackBuilder {

    /** A pack is finished once it holds this many bytes. */
    public static final int TARGET_SIZE = 16 * 1024 * 1024;

    /** Or this many blobs, however small, since what is remembered of each takes more memory than the smallest. */
    public static final int MOST_BLOBS = 16_384;

    /** Many packs, mostly those of trees, stay below this; what grows beyond mostly becomes full. */
    private static final int SMALL = 1 << 20;

    /** Room for what mostly follows a blob that needed more: another one, and the header. */
    private static final int SPARE = 1 << 20;

    /**
     * A finished pack with its bytes.
     *
     * @param buffer begins with them; valid until the builder is cleared
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Finished(Pack pack, byte[] buffer, int length) {}

    /** @param crc of its content when that was named: {@link NewBlob#crc} */
    private record Added(PackedBlob blob, int crc) {}

    private final SealingKey key;
    private final List<Added> added = new ArrayList<>();
    private byte[] buffer = new byte[64 * 1024];
    private int size;

    public PackBuilder(SealingKey key) {
        this.key = key;
    }

    public void add(SealedBlob blob) {
        added.add(new Added(blob.at(size), blob.crc()));
        append(blob.buffer(), blob.length());
    }

    public boolean isEmpty() {
        return added.isEmpty();
    }

    public boolean isFull() {
        return size >= TARGET_SIZE || added.size() >= MOST_BLOBS;
    }

    /**
     * Adds the header, then reads everything back: the header must say what was added, and every blob must open to what
     * was hashed. So what bad memory broke, or was changed after it was hashed, never gets a name.
     */
    public Finished finish(BlobCodec codec) throws DamagedException {
        List<PackedBlob> blobs = added.stream().map(Added::blob).toList();
        byte[] header = PackHeader.write(key, blobs);
        append(header, header.length);
        byte[] tail = Arrays.copyOfRange(buffer, size - header.length, size);
        if (!PackHeader.read(key, tail, size).equals(blobs)) {
            throw new DamagedException("the header of a new pack does not read back as written");
        }
        for (Added each : added) {
            codec.check(each.blob(), each.crc(), buffer);
        }
        return new Finished(new Pack(PackId.ofContent(buffer, size), blobs), buffer, size);
    }

    /** Makes ready for another pack. */
    public void clear() {
        added.clear();
        size = 0;
    }

    private void append(byte[] source, int length) {
        if (buffer.length - size < length) {
            int enough = size + length <= SMALL ? SMALL : TARGET_SIZE;
            buffer = Arrays.copyOf(buffer, Math.max(size + length, enough) + SPARE);
        }
        System.arraycopy(source, 0, buffer, size, length);
        size += length;
    }
}
