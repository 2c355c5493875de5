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

    /** A finished pack with its bytes. */
    public interface Finished {
        Pack pack();

        byte[] content();
    }

    private final SealingKey key;
    private final List<PackedBlob> blobs = new ArrayList<>();
    private byte[] buffer = new byte[64 * 1024];
    private int size;

    public PackBuilder(SealingKey key) {
        this.key = key;
    }

    public void add(SealedBlob blob) {
        blobs.add(blob.at(size));
        append(blob.buffer(), blob.length());
    }

    public boolean isEmpty() {
        return blobs.isEmpty();
    }

    public boolean isFull() {
        return size >= TARGET_SIZE;
    }

    /**
     * Adds the header, then reads everything back: the header must say what was added, and every blob must open and hash
     * to its id. So what bad memory broke never gets a name. The builder is empty afterwards.
     */
    public Finished finish(BlobCodec codec) throws DamagedException {
        byte[] header = PackHeader.write(key, blobs);
        append(header, header.length);
        byte[] content = Arrays.copyOf(buffer, size);
        if (!PackHeader.read(key, content).equals(blobs)) {
            throw new DamagedException("the header of a new pack does not read back as written");
        }
        for (PackedBlob blob : blobs) {
            codec.check(blob, content);
        }
        Pack pack = new Pack(PackId.ofContent(content), blobs);
        blobs.clear();
        size = 0;
        return new Finished() {
            @Override
            public Pack pack() {
                return pack;
            }

            @Override
            public byte[] content() {
                return content;
            }
        };
    }

    private void append(byte[] source, int length) {
        if (buffer.length - size < length) {
            buffer = Arrays.copyOf(
                    buffer, Math.max(size + length, Math.min(2 * buffer.length, TARGET_SIZE + (1 << 20))));
        }
        System.arraycopy(source, 0, buffer, size, length);
        size += length;
    }
}
