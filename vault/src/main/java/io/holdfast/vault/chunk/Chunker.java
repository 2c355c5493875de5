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

    static final int LEAST = 512 * 1024;
    static final int MOST = 8 * 1024 * 1024;
    private static final int WINDOW = 64;
    private static final int STEP = 256 * 1024;
    private static final long CUT = (1L << 20) - 1;
    private static final int TOP = Polynomial.DEGREE - 8;

    private final long[] mod = new long[256];
    private final long[] out = new long[256];
    private byte[] buffer = new byte[STEP];
    private int filled;
    private boolean ended;
    private InputStream in = InputStream.nullInputStream();

    public Chunker(Polynomial polynomial) {
        for (int i = 0; i < 256; i++) {
            long high = (long) i << Polynomial.DEGREE;
            mod[i] = polynomial.reduce(high) | high;
        }
        for (int i = 0; i < 256; i++) {
            long hash = append(0, i);
            for (int k = 1; k < WINDOW; k++) {
                hash = append(hash, 0);
            }
            out[i] = hash;
        }
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
        long hash = 0;
        for (int i = LEAST - WINDOW; i < LEAST; i++) {
            hash = append(hash, buffer[i] & 0xff);
        }
        int at = LEAST;
        while ((hash & CUT) != 0) {
            if (at == filled) {
                fill(Math.min(MOST, filled + STEP));
            }
            if (at == filled || at == MOST) {
                return take(at);
            }
            hash = append(hash ^ out[buffer[at - WINDOW] & 0xff], buffer[at] & 0xff);
            at++;
        }
        return take(at);
    }

    private long append(long hash, int value) {
        return ((hash << 8) | value) ^ mod[(int) (hash >>> TOP)];
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
