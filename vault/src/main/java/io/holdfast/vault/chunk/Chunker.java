package io.holdfast.vault.chunk;

import io.holdfast.vault.model.BlobId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

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
    private int chunk;
    private boolean ended;
    private InputStream in = InputStream.nullInputStream();

    public Chunker(Polynomial polynomial) {
        fingerprint = new Fingerprint(polynomial);
    }

    /** Starts on a stream; what was left of the one before is dropped. */
    public void start(InputStream stream) {
        in = stream;
        filled = 0;
        chunk = 0;
        ended = false;
    }

    /** Finds the next chunk; false at the end. */
    public boolean next() throws IOException {
        drop();
        fill(LEAST);
        chunk = cut();
        return chunk > 0;
    }

    /**
     * Takes what comes next for this chunk, which was cut with the same polynomial before, if it is that; otherwise gives
     * false and changes nothing. Equal bytes are cut in the same places, so there is none to look for within them; that
     * they end in one is checked, since the last chunk of a stream does not.
     */
    public boolean next(BlobId known, int length) throws IOException {
        drop();
        if (length >= LEAST && length <= MOST) {
            fill(length);
            boolean isNext = filled >= length
                    && endsInCut(length)
                    && BlobId.ofContent(buffer, length).equals(known);
            chunk = isNext ? length : 0;
        }
        return chunk > 0;
    }

    private boolean endsInCut(int length) {
        return length == MOST || fingerprint.cut(buffer, length, length) == length;
    }

    private void drop() {
        filled -= chunk;
        System.arraycopy(buffer, chunk, buffer, 0, filled);
        chunk = 0;
    }

    /** Begins with the chunk; valid until the next one is looked for. */
    public byte[] buffer() {
        return buffer;
    }

    /** How long the chunk is. */
    public int length() {
        return chunk;
    }

    /** Gives the buffer with the chunk away, and goes on in another. */
    public byte[] exchange(byte[] other) {
        byte[] given = buffer;
        filled -= chunk;
        buffer = other.length < filled ? new byte[given.length] : other;
        System.arraycopy(given, chunk, buffer, 0, filled);
        chunk = 0;
        return given;
    }

    private int cut() throws IOException {
        if (filled < LEAST) {
            return filled;
        }
        int from = LEAST;
        while (from <= filled) {
            int cut = fingerprint.cut(buffer, from, filled);
            if (cut >= 0) {
                return cut;
            }
            from = filled + 1;
            fill(Math.min(MOST, filled + STEP));
        }
        return filled;
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
}
