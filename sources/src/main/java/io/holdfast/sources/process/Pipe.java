package io.holdfast.sources.process;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.jspecify.annotations.Nullable;

/** Lets be read what something writes, on a thread of its own. Whoever reads gets its failure, never a part for the whole. */
public final class Pipe extends FilterInputStream {

    private static final int ROOM = 256 * 1024;

    /** Writes everything there is. */
    public interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private volatile @Nullable IOException failure;
    private long bytes;

    private Pipe(PipedInputStream in) {
        super(in);
    }

    public static Pipe from(Writing writing) throws IOException {
        var in = new PipedInputStream(ROOM);
        var out = new PipedOutputStream(in);
        var pipe = new Pipe(in);
        Thread.ofPlatform().name("pipe").daemon().start(() -> pipe.write(writing, out));
        return pipe;
    }

    private void write(Writing writing, PipedOutputStream out) {
        try (out) {
            try {
                writing.to(out);
            } catch (RuntimeException e) {
                failure = new IOException("what was to be read could not be written", e);
            } catch (IOException e) {
                failure = e;
            }
        } catch (IOException _) {
            // Nobody reads any more.
        }
    }

    public long bytes() {
        return bytes;
    }

    /** Whether all was read; waits for the next byte or the end. */
    public boolean isAtEnd() throws IOException {
        return read() < 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read < 0 && failure != null) {
            throw failure;
        }
        bytes += Math.max(0, read);
        return read;
    }
}
