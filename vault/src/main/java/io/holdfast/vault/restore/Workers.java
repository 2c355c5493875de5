package io.holdfast.vault.restore;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Threads that do the same for each of many things, in their order but several at a time. */
final class Workers implements AutoCloseable {

    interface Action<T> {
        void on(T thing) throws IOException;
    }

    private final int threads;
    private final ExecutorService pool;

    Workers(int threads, String name) {
        this.threads = threads;
        pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name(name, 0).factory());
    }

    /** Returns when all is done. The first failure, and an interrupt of the calling thread, ends it early. */
    <T> void each(List<T> things, Action<T> action) throws IOException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            for (int i = next.getAndIncrement();
                    i < things.size() && failure.get() == null;
                    i = next.getAndIncrement()) {
                try {
                    action.on(things.get(i));
                } catch (IOException | RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
            }
        };
        List<Future<?>> working = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, things.size()); i++) {
            working.add(pool.submit(work));
        }
        for (Future<?> each : working) {
            await(each, failure);
        }
        switch (failure.get()) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private static void await(Future<?> work, AtomicReference<@Nullable Throwable> failure) {
        boolean interrupted = false;
        while (true) {
            try {
                work.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                failure.compareAndSet(null, new InterruptedIOException("interrupted"));
            } catch (ExecutionException e) {
                failure.compareAndSet(null, e.getCause());
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
