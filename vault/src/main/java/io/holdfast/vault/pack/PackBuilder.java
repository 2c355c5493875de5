package io.holdfast.vault.pack;

import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import java.util.ArrayList;
import java.util.List;

/** Collects blobs of one type until they make a pack. Not safe for several threads. */
public final class PackBuilder {

    /** A pack is finished once it holds this many bytes. */
    public static final int TARGET_SIZE = 16 * 1024 * 1024;

    /** A finished pack with its bytes. */
    public interface Finished {
        Pack pack();

        byte[] content();
    }

    private final SealingKey key;
    private final List<byte[]> sealed = new ArrayList<>();
    private final List<PackedBlob> blobs = new ArrayList<>();
    private int size;

    public PackBuilder(SealingKey key) {
        this.key = key;
    }

    public void add(SealedBlob blob) {
        blobs.add(blob.at(size));
        sealed.add(blob.sealed());
        size += blob.sealed().length;
    }

    public boolean isEmpty() {
        return blobs.isEmpty();
    }

    public boolean isFull() {
        return size >= TARGET_SIZE;
    }

    /**
     * Adds the header, then reads everything back: the header must say what was added, and every blob must open and hash
     * to its id. So what bad memory broke never gets a name.
     */
    public Finished finish() throws DamagedException {
        byte[] content = content();
        if (!PackHeader.read(key, content).equals(blobs)) {
            throw new DamagedException("the header of a new pack does not read back as written");
        }
        for (PackedBlob blob : blobs) {
            blob.open(key, content, (int) blob.offset());
        }
        Pack pack = new Pack(PackId.ofContent(content), blobs);
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

    private byte[] content() {
        byte[] header = PackHeader.write(key, blobs);
        byte[] content = new byte[size + header.length];
        int at = 0;
        for (byte[] blob : sealed) {
            System.arraycopy(blob, 0, content, at, blob.length);
            at += blob.length;
        }
        System.arraycopy(header, 0, content, at, header.length);
        return content;
    }
}
