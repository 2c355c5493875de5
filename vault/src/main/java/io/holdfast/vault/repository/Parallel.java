package io.holdfast.vault.repository;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The same work on many things, several at once, begun in their order. The first failure ends it, once what is under way has
 * ended; an interrupt of the caller interrupts what is under way.
 */
public record Parallel(int atOnce) {

    /** A few, as many as one repository is read with. */
    public static final Parallel FEW = new Parallel(4);

    /** What is done to each. */
    public interface Work<T> {
        void on(T item) throws IOException;
    }

    /** Returns when all is done. */
    public <T> void forEach(Collection<T> items, Work<T> work) throws IOException {
        int threads = Math.min(atOnce, items.size());
        if (threads == 0) {
            return;
        }
        Queue<T> left = new ConcurrentLinkedQueue<>(items);
        AtomicBoolean failed = new AtomicBoolean();
        List<Callable<Boolean>> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(() -> untilFailure(left, work, failed));
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("vault-worker-", 0).factory())) {
            for (Future<Boolean> worker : executor.invokeAll(workers)) {
                await(worker);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static <T> boolean untilFailure(Queue<T> left, Work<T> work, AtomicBoolean failed) throws IOException {
        try {
            for (T next = left.poll(); next != null && !failed.get(); next = left.poll()) {
                work.on(next);
            }
            return true;
        } catch (IOException | RuntimeException | Error e) {
            failed.set(true);
            throw e;
        }
    }

    private static void await(Future<Boolean> worker) throws IOException, InterruptedException {
        try {
            worker.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException("work in parallel failed", e);
            }
        }
    }
}
