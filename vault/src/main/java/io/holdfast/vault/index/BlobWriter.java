package io.holdfast.vault.index;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.BlobCodec;
import io.holdfast.vault.pack.NewBlob;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackBuilder;
import io.holdfast.vault.pack.SealedBlob;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes blobs that the repository does not hold yet, for one backup, from any number of threads: the work on a blob is
 * done by the thread that brings it. What was written may be relied on once {@link #flush} has returned: every pack,
 * then the index that names it, is durable.
 *
 * <p>It relies on nothing but a durable index and its own blobs: what another writer has under way is written here too.
 */
public final class BlobWriter implements AutoCloseable {

    /** How many packs are being finished or stored at most, unless it is said. */
    public static final int PACKS_AT_ONCE = 3;

    /** One of data, one of trees. */
    private static final int COLLECTED = 2;

    private final ThreadLocal<BlobCodec> codec;
    private final LoadedIndex index;
    private final @Nullable PackStore store;
    /** Written here and in no index yet. */
    private final Set<BlobKey> pending = ConcurrentHashMap.newKeySet();
    /** Written though the repository may have held them. */
    private final Set<BlobKey> anew = ConcurrentHashMap.newKeySet();

    private final BlockingDeque<PackBuilder> empty = new LinkedBlockingDeque<>();
    private final OpenPack data = new OpenPack(empty);
    private final OpenPack trees = new OpenPack(empty);
    private final LongAdder dataBlobs = new LongAdder();
    private final LongAdder treeBlobs = new LongAdder();
    private final LongAdder plainBytes = new LongAdder();
    private final LongAdder storedBytes = new LongAdder();

    /** @param backend null to store nothing */
    private BlobWriter(
            SealingKey key,
            Compression.Level compression,
            int packsAtOnce,
            LoadedIndex index,
            IndexGuard guard,
            @Nullable Backend backend,
            Consumer<PackId> stored) {
        codec = ThreadLocal.withInitial(() -> new BlobCodec(key, compression));
        this.index = index;
        store = backend == null ? null : new PackStore(backend, packsAtOnce, index, guard, stored, this::indexed);
        for (int i = 0; i < COLLECTED + packsAtOnce; i++) {
            empty.add(new PackBuilder(key));
        }
    }

    /** @param stored told of each pack that has become durable, by any thread */
    public BlobWriter(
            Backend backend,
            SealingKey key,
            Compression.Level compression,
            LoadedIndex index,
            IndexGuard guard,
            Consumer<PackId> stored) {
        this(backend, key, compression, PACKS_AT_ONCE, index, guard, stored);
    }

    /**
     * @param packsAtOnce how many packs are finished or stored at most; two more are being collected
     * @param stored told of each pack that has become durable, by any thread
     */
    public BlobWriter(
            Backend backend,
            SealingKey key,
            Compression.Level compression,
            int packsAtOnce,
            LoadedIndex index,
            IndexGuard guard,
            Consumer<PackId> stored) {
        this(key, compression, packsAtOnce, index, guard, backend, stored);
    }

    /** A writer that stores nothing and only counts what another would have stored. */
    public static BlobWriter counting(SealingKey key, Compression.Level compression, LoadedIndex index) {
        return new BlobWriter(key, compression, PACKS_AT_ONCE, index, () -> {}, null, _ -> {});
    }

    /** Whether the blob needs no writing, because it is in the index or was written here. */
    public boolean holds(BlobKey blob) {
        return pending.contains(blob) || index.current().contains(blob);
    }

    /** How long the content is of a chunk that the index names. */
    public OptionalInt lengthHeld(BlobId chunk) {
        return index.current().find(BlobKey.data(chunk)).stream()
                .mapToInt(found -> found.blob().contentLength())
                .findFirst();
    }

    /** What an index names need not be remembered here too. */
    private void indexed(List<Pack> packs) {
        packs.forEach(pack -> pack.blobs().forEach(blob -> pending.remove(blob.key())));
    }

    public BlobId write(BlobType type, byte[] content) throws IOException {
        return write(type, content, content.length);
    }

    /** Writes what a buffer begins with; the buffer may be used again afterwards. */
    public BlobId write(BlobType type, byte[] buffer, int length) throws IOException {
        return write(NewBlob.of(type, buffer, length)).id();
    }

    /** Writes what was read as this blob. */
    public void write(BlobKey known, byte[] content) throws IOException {
        write(same(known, content));
    }

    private BlobKey write(NewBlob blob) throws IOException {
        BlobKey key = blob.key();
        // Asks the index again: the blob may have got there between the two questions.
        if (!holds(key) && pending.add(key)) {
            if (index.current().contains(key)) {
                pending.remove(key);
            } else {
                put(blob);
            }
        }
        return key;
    }

    /** Writes what was read as this blob though the repository may hold it already; once, however often it is asked to. */
    public void writeAnew(BlobKey known, byte[] content) throws IOException {
        NewBlob blob = same(known, content);
        if (anew.add(known)) {
            put(blob);
        }
    }

    /** Nobody looks for what has become another blob since it was read, and what it was would be missing. */
    private static NewBlob same(BlobKey known, byte[] content) throws DamagedException {
        NewBlob blob = NewBlob.of(known.type(), content, content.length);
        if (!blob.key().equals(known)) {
            throw new DamagedException("%s has changed in memory since it was read".formatted(known));
        }
        return blob;
    }

    private void put(NewBlob blob) throws IOException {
        orEnd(() -> {
            SealedBlob sealed = codec.get().seal(blob);
            count(sealed, blob.length());
            if (store != null) {
                OpenPack open = open(blob.key().type());
                PackBuilder full = open.add(sealed);
                if (full != null) {
                    store(store, full);
                }
            }
        });
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Does a step, whose failure is the writer's: others rely by now on what counts as written, and then may be lost. */
    private void orEnd(Step step) throws IOException {
        try {
            step.run();
        } catch (IOException | RuntimeException | Error e) {
            if (store != null) {
                store.fail(e);
            }
            throw e;
        }
    }

    private void store(PackStore store, PackBuilder builder) throws IOException {
        store.store(() -> builder.finish(codec.get()), () -> {
            builder.clear();
            empty.addFirst(builder);
        });
    }

    private OpenPack open(BlobType type) {
        return switch (type) {
            case DATA -> data;
            case TREE -> trees;
        };
    }

    private void count(SealedBlob blob, int plain) {
        (blob.key().type() == BlobType.DATA ? dataBlobs : treeBlobs).increment();
        plainBytes.add(plain);
        storedBytes.add(blob.length());
    }

    /** Makes everything written so far durable. Nothing may be written meanwhile. Fails once anything has failed. */
    public void flush() throws IOException {
        if (store == null) {
            return;
        }
        orEnd(() -> {
            for (OpenPack open : List.of(data, trees)) {
                PackBuilder last = open.take();
                if (last != null) {
                    store(store, last);
                }
            }
            store.flush();
        });
    }

    /** Stops what is still being stored; what is durable by now stays, and does no harm. */
    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }

    /** Everything written so far. */
    public Written written() {
        return new Written(dataBlobs.sum(), treeBlobs.sum(), plainBytes.sum(), storedBytes.sum());
    }
}
