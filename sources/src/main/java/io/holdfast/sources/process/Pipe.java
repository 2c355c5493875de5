package io.holdfast.sources.process;

import io.holdfast.sources.stream.BulkInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets one who writes a stream and one who reads it work at once, the writer on a thread of its own. The reader never takes a
 * part for the whole: what the writer throws comes out of its stream.
 */
public final class Pipe {

    public interface Writer {
        void write(OutputStream out) throws IOException;
    }

    public interface Reader {
        void read(InputStream in) throws IOException;
    }

    private static final int PART = 256 * 1024;
    private static final int PARTS = 8;
    private static final byte[] END = {};
    private static final Duration LOOK = Duration.ofMillis(50);

    private final BlockingQueue<byte[]> parts = new ArrayBlockingQueue<>(PARTS);
    private volatile boolean ended;
    private final AtomicLong read = new AtomicLong();
    private volatile @Nullable Exception failure;

    private Pipe() {}

    /**
     * Returns when both are done; the reader need not read to the end.
     *
     * @return how many bytes were read
     * @throws IOException what either threw, the writer's first
     */
    public static long run(Writer writer, Reader reader) throws IOException {
        var pipe = new Pipe();
        Thread thread = Thread.ofVirtual().name("pipe").start(() -> pipe.write(writer));
        try {
            reader.read(pipe.new In());
            return pipe.read.get();
        } catch (IOException e) {
            throw pipe.failure instanceof IOException cause ? cause : e;
        } finally {
            pipe.ended = true;
            joined(thread);
        }
    }

    private static void joined(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Writer writer) {
        var out = new Out();
        try {
            writer.write(out);
            out.flush();
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        try {
            put(END);
        } catch (IOException _) {
            // Nobody reads any more.
        }
    }

    private void put(byte[] part) throws IOException {
        try {
            while (!ended) {
                if (parts.offer(part, LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new InterruptedIOException("nobody reads any more");
    }

    private final class Out extends OutputStream {

        private final byte[] part = new byte[PART];
        private int filled;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int at = offset;
            while (at < offset + length) {
                int fits = Math.min(PART - filled, offset + length - at);
                System.arraycopy(bytes, at, part, filled, fits);
                filled += fits;
                at += fits;
                if (filled == PART) {
                    flush();
                }
            }
        }

        @Override
        public void flush() throws IOException {
            if (filled > 0) {
                put(Arrays.copyOf(part, filled));
                filled = 0;
            }
        }
    }

    private final class In extends BulkInput {

        private byte[] part = {};
        private int at;
        private boolean atEnd;

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (at == part.length && !atEnd) {
                next();
            }
            if (atEnd) {
                return -1;
            }
            int count = Math.min(length, part.length - at);
            System.arraycopy(part, at, bytes, offset, count);
            at += count;
            read.addAndGet(count);
            return count;
        }

        @SuppressWarnings("ReferenceEquality") // the end is this array, not one that is equal
        private void next() throws IOException {
            try {
                part = parts.take();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            at = 0;
            atEnd = part == END;
            if (atEnd) {
                switch (failure) {
                    case null -> {}
                    case IOException e -> throw e;
                    case RuntimeException e -> throw e;
                    case Exception e -> throw new IllegalStateException(e);
                }
            }
        }
    }
}
