package io.holdfast.vault.repository;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Does the same to many things with a few threads. */
public final class Workers {

    private static final int THREADS = 4;

    public interface Work<T> {
        void on(T thing) throws IOException;
    }

    private Workers() {}

    /** Returns when all is done. The first failure ends it: things not begun by then are left. */
    public static <T> void each(Iterable<T> things, Work<T> work) throws IOException {
        Iterator<T> left = things.iterator();
        try (ExecutorService pool = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("vault-worker-", 0).factory())) {
            var workers = IntStream.range(0, THREADS)
                    .mapToObj(_ -> pool.submit(() -> work(left, work)))
                    .toList();
            try {
                for (Future<?> worker : workers) {
                    worker.get();
                }
            } catch (ExecutionException e) {
                pool.shutdownNow();
                throw failure(e.getCause());
            } catch (InterruptedException e) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    private static <T> @Nullable Void work(Iterator<T> left, Work<T> work) throws IOException {
        for (T thing = next(left); thing != null; thing = next(left)) {
            work.on(thing);
        }
        return null;
    }

    private static <T> @Nullable T next(Iterator<T> left) throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        synchronized (left) {
            return left.hasNext() ? left.next() : null;
        }
    }

    private static IOException failure(@Nullable Throwable cause) {
        if (cause instanceof IOException failure) {
            return failure;
        }
        throw new IllegalStateException("work in parallel failed", cause);
    }
}
