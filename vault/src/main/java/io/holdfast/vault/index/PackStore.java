package io.holdfast.vault.index;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackBuilder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores finished packs while more are being made, a few at a time, and index files over those that are durable. The
 * first failure, of its own or one that it is told of, ends it: every later call throws it.
 */
final class PackStore implements AutoCloseable {

    private static final int BLOBS_PER_INDEX = 16_384;
    private static final int PACKS_PER_INDEX = 128;

    private final Backend backend;
    private final int atOnce;
    private final LoadedIndex index;
    private final IndexGuard guard;
    private final Consumer<PackId> stored;
    private final Consumer<List<Pack>> indexed;
    private final ExecutorService storing = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("vault-store-", 0).factory());
    private final Semaphore free;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Pack> unindexed = new ArrayList<>();
    private int unindexedBlobs;

    /**
     * @param atOnce how many packs are being finished or stored at most
     * @param stored told of each pack that has become durable, by any thread
     * @param indexed told of those that a durable index names now
     */
    PackStore(
            Backend backend,
            int atOnce,
            LoadedIndex index,
            IndexGuard guard,
            Consumer<PackId> stored,
            Consumer<List<Pack>> indexed) {
        this.backend = backend;
        this.atOnce = atOnce;
        free = new Semaphore(atOnce);
        this.index = index;
        this.guard = guard;
        this.stored = stored;
        this.indexed = indexed;
    }

    /** Makes a pack. */
    interface Making {
        PackBuilder.Finished make() throws IOException;
    }

    /**
     * Has a pack made, and stores it. Waits, before it is made, while as many as allowed are under way.
     *
     * @param released run once the pack's bytes are not needed any more, whatever has become of them
     */
    void store(Making making, Runnable released) throws IOException {
        boolean takenOver = false;
        try {
            acquire(1);
            try {
                throwFailure();
                PackBuilder.Finished finished = making.make();
                storing.execute(() -> store(finished, released));
                takenOver = true;
            } finally {
                if (!takenOver) {
                    free.release();
                }
            }
        } finally {
            if (!takenOver) {
                released.run();
            }
        }
    }

    private void store(PackBuilder.Finished finished, Runnable released) {
        try {
            put(finished);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } finally {
            free.release();
            released.run();
        }
    }

    private void put(PackBuilder.Finished finished) throws IOException {
        Pack pack = finished.pack();
        backend.store(pack.handle(), finished.buffer(), finished.length());
        stored.accept(pack.id());
        index(due(pack));
    }

    private void index(List<Pack> packs) throws IOException {
        if (!packs.isEmpty()) {
            guard.beforeIndex();
            index.store(packs);
            indexed.accept(packs);
        }
    }

    /** The packs whose index file is due by this one, if it is. */
    private synchronized List<Pack> due(Pack pack) {
        unindexed.add(pack);
        unindexedBlobs += pack.blobs().size();
        boolean due = unindexedBlobs >= BLOBS_PER_INDEX || unindexed.size() >= PACKS_PER_INDEX;
        return due ? takeUnindexed() : List.of();
    }

    private synchronized List<Pack> takeUnindexed() {
        List<Pack> batch = List.copyOf(unindexed);
        unindexed.clear();
        unindexedBlobs = 0;
        return batch;
    }

    /** Returns when every pack taken over, and the index that names it, is durable. */
    void flush() throws IOException {
        acquire(atOnce);
        free.release(atOnce);
        throwFailure();
        index(takeUnindexed());
    }

    /** Returns when nothing is being stored any more. */
    @Override
    public void close() {
        storing.shutdownNow();
        storing.close();
    }

    /** Ends it, unless it has ended. */
    void fail(Throwable how) {
        failure.compareAndSet(null, how);
    }

    private void throwFailure() throws IOException {
        switch (failure.get()) {
            case null -> {}
            case BackendException e -> throw new BackendException(e.kind(), String.valueOf(e.getMessage()), e);
            case IOException e -> throw new IOException("a pack was given up: " + e.getMessage(), e);
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException("a pack could not be stored", e);
        }
    }

    private void acquire(int permits) throws InterruptedIOException {
        try {
            free.acquire(permits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a pack was being stored");
        }
    }
}
