package io.holdfast.vault.pack;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Collects blobs of one type until they make a pack. */
public final class PackBuilder {

    /** A pack is finished once it holds this many bytes. */
    public static final int TARGET_SIZE = 16 * 1024 * 1024;

    /** A finished pack with its bytes. */
    public interface Finished {
        Pack pack();

        byte[] content();
    }

    private final SealingKey key;
    private final ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    private final List<PackedBlob> blobs = new ArrayList<>();

    public PackBuilder(SealingKey key) {
        this.key = key;
    }

    /** Compresses and seals a blob; gives the bytes it takes. */
    public int add(BlobKey blob, byte[] content) {
        byte[] frame = Compression.compress(content);
        boolean compressed = blob.type() == BlobType.TREE || frame.length < content.length;
        byte[] stored = key.seal(compressed ? frame : content);
        blobs.add(new PackedBlob(blob, sealed.size(), stored.length, compressed ? content.length : 0));
        sealed.writeBytes(stored);
        return stored.length;
    }

    public boolean isEmpty() {
        return blobs.isEmpty();
    }

    public boolean isFull() {
        return sealed.size() >= TARGET_SIZE;
    }

    /**
     * Adds the header, then reads everything back: the header must say what was added, and every blob must open and hash
     * to its id. So what bad memory broke never gets a name.
     */
    public Finished finish() throws DamagedException {
        sealed.writeBytes(PackHeader.write(key, blobs));
        byte[] content = sealed.toByteArray();
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
}
