package io.holdfast.sources.engine;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps the last bytes of what is written to it. */
public final class Tail extends OutputStream {

    private final byte[] ring;
    private long written;

    public Tail(int bytes) {
        ring = new byte[bytes];
    }

    @Override
    public synchronized void write(int b) {
        ring[(int) (written++ % ring.length)] = (byte) b;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int from = offset + Math.max(0, length - ring.length);
        written += from - offset;
        for (int i = from; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    /** As UTF-8; what was dropped in front shows as an ellipsis. */
    public synchronized String text() {
        if (written <= ring.length) {
            return new String(ring, 0, (int) written, StandardCharsets.UTF_8);
        }
        int start = (int) (written % ring.length);
        byte[] last = Arrays.copyOfRange(ring, start, start + ring.length);
        System.arraycopy(ring, 0, last, ring.length - start, start);
        return "…" + new String(last, StandardCharsets.UTF_8);
    }
}
