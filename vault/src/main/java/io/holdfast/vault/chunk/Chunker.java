package io.holdfast.vault.chunk;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts streams into chunks of 512 KiB to 8 MiB where a Rabin fingerprint over 64 bytes has 20 zero bits, so an insertion
 * moves the cuts around it only. The cut points are restic's. One chunker serves one thread, stream after stream.
 */
public final class Chunker {

    /** A stream of at most this many bytes is one chunk. */
    public static final int LEAST = 512 * 1024;

    static final int MOST = 8 * 1024 * 1024;
    private static final int STEP = 512 * 1024;

    private final Fingerprint fingerprint;
    private byte[] buffer = new byte[STEP];
    private int filled;
    private boolean ended;
    private InputStream in = InputStream.nullInputStream();

    public Chunker(Polynomial polynomial) {
        fingerprint = new Fingerprint(polynomial);
    }

    /** Starts on a stream; what was left of the one before is dropped. */
    public void start(InputStream stream) {
        in = stream;
        filled = 0;
        ended = false;
    }

    /** The next chunk, or null at the end. */
    public byte @Nullable [] next() throws IOException {
        fill(LEAST);
        if (filled == 0) {
            return null;
        }
        if (filled < LEAST) {
            return take(filled);
        }
        int from = LEAST;
        while (true) {
            int cut = fingerprint.cut(buffer, from, filled);
            if (cut >= 0) {
                return take(cut);
            }
            from = filled + 1;
            fill(Math.min(MOST, filled + STEP));
            if (from > filled) {
                return take(filled);
            }
        }
    }

    private void fill(int wanted) throws IOException {
        if (buffer.length < wanted) {
            buffer = Arrays.copyOf(buffer, Math.min(MOST, Math.max(wanted, 2 * buffer.length)));
        }
        while (!ended && filled < wanted) {
            int read = in.read(buffer, filled, wanted - filled);
            if (read < 0) {
                ended = true;
            } else {
                filled += read;
            }
        }
    }

    private byte[] take(int length) {
        byte[] chunk = Arrays.copyOf(buffer, length);
        System.arraycopy(buffer, length, buffer, 0, filled - length);
        filled -= length;
        return chunk;
    }
}
