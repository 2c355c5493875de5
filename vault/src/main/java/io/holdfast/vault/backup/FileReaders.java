package io.holdfast.vault.backup;

import io.holdfast.vault.chunk.Chunker;
import io.holdfast.vault.chunk.Polynomial;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.files.Directory;
import io.holdfast.vault.files.OpenFile;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads files and stores their chunks, several at a time. A thread that reads a file stores its chunks too, unless
 * another is idle; so memory is bounded by the number of threads, and one large file keeps them all busy.
 *
 * <p>A file that cannot be read is a finding. A repository that cannot be written is a failure, which ends all reading.
 */
final class FileReaders implements AutoCloseable {

    /** How many files may wait, opened, for a thread. */
    private static final int AHEAD = 64;

    private final BlobWriter writer;
    private final Findings findings;
    private final ThreadLocal<Chunker> chunker;
    private final ExecutorService reading;
    private final ExecutorService storing;
    private final ConcurrentLinkedDeque<byte[]> spare = new ConcurrentLinkedDeque<>();
    private final Semaphore ahead = new Semaphore(AHEAD);
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    /** @param threads how many files are read at once; with one file, how many of its chunks are stored at once */
    FileReaders(BlobWriter writer, Polynomial polynomial, Findings findings, int threads) {
        this.writer = writer;
        this.findings = findings;
        chunker = ThreadLocal.withInitial(() -> new Chunker(polynomial));
        reading = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("vault-read-", 0).factory());
        storing = new ThreadPoolExecutor(
                0,
                Math.max(1, threads - 1),
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("vault-chunk-", 0).factory(),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /**
     * Opens a file now and reads it as soon as a thread is free. Waits while too many are open.
     *
     * @param metadata as seen before; a difference after reading is a change
     * @param before the file in the parent snapshot
     * @return the file's node; nothing when it could not be read
     */
    CompletableFuture<Optional<Node>> read(
            Directory in, Name entry, Name name, Metadata metadata, @Nullable Node before) throws IOException {
        acquire();
        OpenFile file;
        try {
            file = in.read(entry);
        } catch (IOException e) {
            ahead.release();
            findings.failed(in, entry, "cannot be opened", e);
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return CompletableFuture.supplyAsync(
                Pending.supplier(() -> {
                    try (file) {
                        Optional<Node> node = readNow(file, in, entry, name, metadata, before);
                        node.ifPresent(read -> findings.stored(in, entry, before, read));
                        return node;
                    } catch (IOException e) {
                        failure.compareAndSet(null, e);
                        throw e;
                    } finally {
                        ahead.release();
                    }
                }),
                reading);
    }

    private Optional<Node> readNow(
            OpenFile file, Directory in, Name entry, Name name, Metadata metadata, @Nullable Node before)
            throws IOException {
        throwIfStopped();
        Content content;
        try {
            Metadata begun = stat(file);
            content = content(file, before);
            Metadata ended = stat(file);
            if (content.size() < begun.size() && content.size() != ended.size()) {
                findings.problem(
                        in,
                        entry,
                        "was cut short while it was read: %d of %d bytes were stored"
                                .formatted(content.size(), begun.size()));
            } else if (!ended.sameFileAs(metadata) || content.size() != metadata.size()) {
                findings.changed(in, entry, Change.Kind.CHANGED);
            }
        } catch (ReadException e) {
            findings.problem(in, entry, "cannot be read: " + Problem.reason(e.reason()));
            return Optional.empty();
        }
        return Optional.of(Node.file(name, metadata.withSize(content.size()), content.chunks()));
    }

    private static Metadata stat(OpenFile file) throws ReadException {
        try {
            return file.stat();
        } catch (IOException e) {
            throw new ReadException(e);
        }
    }

    /**
     * Stores what a stream gives, in the calling thread and in those that are idle.
     *
     * @param before the file in the parent snapshot
     */
    Content content(InputStream in, @Nullable Node before) throws IOException {
        Chunker cutting = chunker.get();
        cutting.start(in);
        KnownChunks known = KnownChunks.of(before, writer);
        List<CompletableFuture<BlobId>> chunks = new ArrayList<>();
        long size = 0;
        while (true) {
            KnownChunks.Chunk same = known.at(size);
            if (same != null && !isNext(cutting, same)) {
                same = null;
            }
            if (same == null && !next(cutting)) {
                break;
            }
            throwIfStopped();
            size += cutting.length();
            findings.read(cutting.length());
            chunks.add(same == null ? store(cutting) : CompletableFuture.completedFuture(same.id()));
        }
        List<BlobId> ids = new ArrayList<>(chunks.size());
        for (CompletableFuture<BlobId> chunk : chunks) {
            ids.add(Pending.result(chunk));
        }
        return new Content(ids, size);
    }

    /** Stores what a stream of this length gives; a short one in a thread that is idle, if there is one. */
    CompletableFuture<Content> content(InputStream in, long size) throws IOException {
        if (size == 0 || size >= Chunker.LEAST) {
            return CompletableFuture.completedFuture(content(in, null));
        }
        byte[] bytes;
        try {
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new ReadException(e);
        }
        findings.read(bytes.length);
        return CompletableFuture.supplyAsync(
                Pending.supplier(() -> new Content(List.of(writer.write(BlobType.DATA, bytes)), bytes.length)),
                storing);
    }

    /** A stream's chunks in order, and its length. */
    record Content(List<BlobId> chunks, long size) {}

    /** The source, and not the repository, failed. */
    static final class ReadException extends IOException {

        private final IOException reason;

        ReadException(IOException reason) {
            super(reason);
            this.reason = reason;
        }

        IOException reason() {
            return reason instanceof ReadException deeper ? deeper.reason() : reason;
        }
    }

    private static boolean next(Chunker cutting) throws ReadException {
        try {
            return cutting.next();
        } catch (IOException e) {
            throw new ReadException(e);
        }
    }

    private static boolean isNext(Chunker cutting, KnownChunks.Chunk known) throws ReadException {
        try {
            return cutting.next(known.id(), known.length());
        } catch (IOException e) {
            throw new ReadException(e);
        }
    }

    /** A small chunk is stored sooner than handed over. */
    private CompletableFuture<BlobId> store(Chunker cutting) throws IOException {
        int length = cutting.length();
        if (length < Chunker.LEAST) {
            return CompletableFuture.completedFuture(writer.write(BlobType.DATA, cutting.buffer(), length));
        }
        byte[] next = spare.poll();
        byte[] buffer = cutting.exchange(next == null ? new byte[0] : next);
        return CompletableFuture.supplyAsync(
                Pending.supplier(() -> {
                    BlobId id = writer.write(BlobType.DATA, buffer, length);
                    spare.push(buffer);
                    return id;
                }),
                storing);
    }

    /** Throws the failure that ended all reading, if there is one. */
    void throwIfStopped() throws IOException {
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private void acquire() throws InterruptedIOException {
        try {
            ahead.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Ends what is still being read, at once if the thread is interrupted; returns when no file is open any more. */
    @Override
    public void close() {
        failure.compareAndSet(null, new InterruptedIOException("the backup has ended"));
        end(reading);
        end(storing);
    }

    /** What has not begun is run here when it may not begin any more: it closes its file, and does nothing else by now. */
    private static void end(ExecutorService executor) {
        boolean interrupted = false;
        boolean ended = false;
        executor.shutdown();
        while (!ended) {
            try {
                ended = executor.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
                executor.shutdownNow().forEach(Runnable::run);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
