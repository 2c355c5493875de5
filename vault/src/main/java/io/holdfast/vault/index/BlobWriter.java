package io.holdfast.vault.index;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes blobs that the repository does not hold yet. One writer serves one backup in one thread; what it wrote may be
 * relied on once {@link #flush} has returned: every pack, then the index that names it, is durable.
 */
public final class BlobWriter {

    private static final int BLOBS_PER_INDEX = 50_000;
    private static final int PACKS_PER_INDEX = 128;

    private final Backend backend;
    private final SealingKey key;
    private final LoadedIndex index;
    private final Consumer<PackId> stored;
    private final Set<BlobKey> pending = new HashSet<>();
    private final List<Pack> unindexed = new ArrayList<>();
    private PackBuilder data;
    private PackBuilder trees;
    private long dataBlobs;
    private long treeBlobs;
    private long plainBytes;
    private long storedBytes;

    public BlobWriter(Backend backend, SealingKey key, LoadedIndex index, Consumer<PackId> stored) {
        this.backend = backend;
        this.key = key;
        this.index = index;
        this.stored = stored;
        data = new PackBuilder(key);
        trees = new PackBuilder(key);
    }

    /** Whether the blob needs no writing, because it is in the index or was written here. */
    public boolean holds(BlobKey blob) {
        return pending.contains(blob) || index.current().contains(blob);
    }

    public BlobId write(BlobType type, byte[] content) throws BackendException, DamagedException {
        BlobKey blob = new BlobKey(type, BlobId.ofContent(content));
        if (holds(blob)) {
            return blob.id();
        }
        pending.add(blob);
        plainBytes += content.length;
        switch (type) {
            case DATA -> {
                dataBlobs++;
                storedBytes += data.add(blob, content);
                if (data.isFull()) {
                    store(data);
                    data = new PackBuilder(key);
                }
            }
            case TREE -> {
                treeBlobs++;
                storedBytes += trees.add(blob, content);
                if (trees.isFull()) {
                    store(trees);
                    trees = new PackBuilder(key);
                }
            }
        }
        return blob.id();
    }

    public void flush() throws BackendException, DamagedException {
        store(data);
        data = new PackBuilder(key);
        store(trees);
        trees = new PackBuilder(key);
        storeIndex();
    }

    private void store(PackBuilder builder) throws BackendException, DamagedException {
        if (builder.isEmpty()) {
            return;
        }
        PackBuilder.Finished finished = builder.finish();
        Pack pack = finished.pack();
        backend.store(new Handle(FileType.PACK, pack.id().toString()), finished.content());
        unindexed.add(pack);
        stored.accept(pack.id());
        int blobs = unindexed.stream().mapToInt(each -> each.blobs().size()).sum();
        if (blobs >= BLOBS_PER_INDEX || unindexed.size() >= PACKS_PER_INDEX) {
            storeIndex();
        }
    }

    private void storeIndex() throws BackendException {
        index.store(unindexed);
        unindexed.clear();
    }

    public long dataBlobs() {
        return dataBlobs;
    }

    public long treeBlobs() {
        return treeBlobs;
    }

    /** Bytes of new content. */
    public long plainBytes() {
        return plainBytes;
    }

    /** Bytes the new content takes in packs. */
    public long storedBytes() {
        return storedBytes;
    }
}
