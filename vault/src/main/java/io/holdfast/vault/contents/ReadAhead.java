package io.holdfast.vault.contents;

import io.holdfast.vault.index.BlobReader;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does what it is told in that order, in the thread that tells it, and reads the content that is needed ahead in several
 * others. What is read and not yet used is bounded.
 */
public final class ReadAhead implements Closeable {

    private static final long MOST_BYTES = 32L * 1024 * 1024;
    private static final int MOST_STEPS = 4096;
    private static final Future<byte[]> NOTHING = CompletableFuture.completedFuture(new byte[0]);

    /** Something to be done. */
    public interface Step {
        void run() throws IOException;
    }

    /** Something to be done with content. */
    public interface Sink {
        void take(byte[] content) throws IOException;
    }

    private record Waiting(Future<byte[]> content, long bytes, Sink sink) {}

    private final BlobReader blobs;
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private long waitingBytes;

    public ReadAhead(BlobReader blobs) {
        this.blobs = blobs;
    }

    /** Gives content to the sink when it is its turn. */
    public void read(BlobId data, Sink sink) throws IOException {
        BlobKey key = BlobKey.data(data);
        long bytes = blobs.index()
                .find(key)
                .map(location -> location.blob().contentLength())
                .orElse(0);
        makeRoom(bytes);
        queue.add(new Waiting(readers.submit(() -> blobs.read(key)), bytes, sink));
        waitingBytes += bytes;
    }

    /** Does something when it is its turn. */
    public void then(Step step) throws IOException {
        makeRoom(0);
        if (queue.isEmpty()) {
            step.run();
        } else {
            queue.add(new Waiting(NOTHING, 0, _ -> step.run()));
        }
    }

    /** Does what is left. */
    public void finish() throws IOException {
        while (!queue.isEmpty()) {
            takeOne();
        }
    }

    private void makeRoom(long bytes) throws IOException {
        while (!queue.isEmpty()
                && (waitingBytes + bytes > MOST_BYTES
                        || queue.size() >= MOST_STEPS
                        || queue.element().content().isDone())) {
            takeOne();
        }
    }

    private void takeOne() throws IOException {
        Waiting next = queue.remove();
        waitingBytes -= next.bytes();
        next.sink().take(result(next.content()));
    }

    private static byte[] result(Future<byte[]> content) throws IOException {
        try {
            return content.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Ends all reading. */
    @Override
    public void close() {
        readers.shutdownNow();
    }
}
