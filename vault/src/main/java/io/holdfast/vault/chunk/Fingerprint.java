package io.holdfast.vault.chunk;

/**
 * The Rabin fingerprint of 64 bytes, rolled over a buffer.
 *
 * <pre>
 * f(b1 … b64) = (b1·x^504 + … + b64) mod P, over GF(2)
 * </pre>
 *
 * <p>It depends on 64 bytes only, so three stretches of a buffer are rolled over side by side: each step waits for the one
 * before, and the processor has room for three.
 */
final class Fingerprint {

    static final int WINDOW = 64;
    private static final long CUT = (1L << 20) - 1;
    private static final int TOP = Polynomial.DEGREE - 8;
    /** Positions per lane and round: enough to make the 64 bytes that a lane begins with cheap. */
    private static final int LANE = 8 * 1024;

    private final long[] mod = new long[256];
    private final long[] out = new long[256];

    Fingerprint(Polynomial polynomial) {
        for (int i = 0; i < 256; i++) {
            long high = (long) i << Polynomial.DEGREE;
            mod[i] = polynomial.reduce(high) | high;
        }
        for (int i = 0; i < 256; i++) {
            long hash = append(0, i);
            for (int k = 0; k < WINDOW; k++) {
                hash = append(hash, 0);
            }
            out[i] = hash;
        }
    }

    /**
     * The first position, {@code from} and {@code to} included, whose 64 bytes before it have a fingerprint with 20 zero
     * bits; -1 when there is none.
     */
    int cut(byte[] buffer, int from, int to) {
        int at = from;
        while (to - at >= 3 * LANE) {
            int cut = threeLanes(buffer, at);
            if (cut >= 0) {
                return cut;
            }
            at += 3 * LANE;
        }
        return oneLane(buffer, at, to);
    }

    private int oneLane(byte[] buffer, int from, int to) {
        if (from > to) {
            return -1;
        }
        long hash = of(buffer, from);
        int at = from;
        while ((hash & CUT) != 0) {
            if (at == to) {
                return -1;
            }
            hash = roll(hash, buffer, at);
            at++;
        }
        return at;
    }

    /** Looks at 3 * LANE positions. */
    private int threeLanes(byte[] buffer, int from) {
        long first = of(buffer, from);
        long second = of(buffer, from + LANE);
        long third = of(buffer, from + 2 * LANE);
        int end = from + LANE;
        for (int at = from; at < end; at++) {
            if ((first & CUT) == 0) {
                return at;
            }
            if ((second & CUT) == 0 || (third & CUT) == 0) {
                return oneLane(buffer, at, from + 3 * LANE - 1);
            }
            first = roll(first, buffer, at);
            second = roll(second, buffer, at + LANE);
            third = roll(third, buffer, at + 2 * LANE);
        }
        return -1;
    }

    /** The fingerprint one byte further: the byte at {@code at} comes in. */
    private long roll(long hash, byte[] buffer, int at) {
        return append(hash, buffer[at] & 0xff) ^ out[buffer[at - WINDOW] & 0xff];
    }

    private long of(byte[] buffer, int at) {
        long hash = 0;
        for (int i = at - WINDOW; i < at; i++) {
            hash = append(hash, buffer[i] & 0xff);
        }
        return hash;
    }

    private long append(long hash, int value) {
        return ((hash << 8) | value) ^ mod[(int) (hash >>> TOP) & 0xff];
    }
}
