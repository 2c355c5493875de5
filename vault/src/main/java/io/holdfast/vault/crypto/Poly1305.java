package io.holdfast.vault.crypto;

/**
 * The Poly1305 authenticator with five limbs of 26 bits. A one-time key: {@code r} (clamped on use) and {@code s}.
 *
 * <p>Written here because the library's version takes a third of sealing time; tested against that version.
 */
final class Poly1305 {

    static final int TAG_BYTES = 16;
    private static final int BLOCK = 16;
    private static final long MASK = 0x3ffffff;

    private final long r0;
    private final long r1;
    private final long r2;
    private final long r3;
    private final long r4;
    private final byte[] s;
    private long h0;
    private long h1;
    private long h2;
    private long h3;
    private long h4;

    private Poly1305(byte[] r, byte[] s) {
        r0 = word(r, 0) & 0x3ffffff;
        r1 = (word(r, 3) >>> 2) & 0x3ffff03;
        r2 = (word(r, 6) >>> 4) & 0x3ffc0ff;
        r3 = (word(r, 9) >>> 6) & 0x3f03fff;
        r4 = (word(r, 12) >>> 8) & 0x00fffff;
        this.s = s;
    }

    static byte[] tag(byte[] r, byte[] s, byte[] message, int offset, int length) {
        Poly1305 mac = new Poly1305(r, s);
        int whole = length - length % BLOCK;
        mac.blocks(message, offset, whole, 1L << 24);
        if (whole < length) {
            byte[] last = new byte[BLOCK];
            System.arraycopy(message, offset + whole, last, 0, length - whole);
            last[length - whole] = 1;
            mac.blocks(last, 0, BLOCK, 0);
        }
        return mac.finish();
    }

    private void blocks(byte[] m, int offset, int length, long high) {
        long s1 = r1 * 5;
        long s2 = r2 * 5;
        long s3 = r3 * 5;
        long s4 = r4 * 5;
        long a0 = h0;
        long a1 = h1;
        long a2 = h2;
        long a3 = h3;
        long a4 = h4;
        for (int i = offset; i < offset + length; i += BLOCK) {
            a0 += word(m, i) & MASK;
            a1 += (word(m, i + 3) >>> 2) & MASK;
            a2 += (word(m, i + 6) >>> 4) & MASK;
            a3 += (word(m, i + 9) >>> 6) & MASK;
            a4 += (word(m, i + 12) >>> 8) | high;

            long d0 = a0 * r0 + a1 * s4 + a2 * s3 + a3 * s2 + a4 * s1;
            long d1 = a0 * r1 + a1 * r0 + a2 * s4 + a3 * s3 + a4 * s2;
            long d2 = a0 * r2 + a1 * r1 + a2 * r0 + a3 * s4 + a4 * s3;
            long d3 = a0 * r3 + a1 * r2 + a2 * r1 + a3 * r0 + a4 * s4;
            long d4 = a0 * r4 + a1 * r3 + a2 * r2 + a3 * r1 + a4 * r0;

            d1 += d0 >>> 26;
            d2 += d1 >>> 26;
            d3 += d2 >>> 26;
            d4 += d3 >>> 26;
            a0 = (d0 & MASK) + (d4 >>> 26) * 5;
            a1 = (d1 & MASK) + (a0 >>> 26);
            a0 &= MASK;
            a2 = d2 & MASK;
            a3 = d3 & MASK;
            a4 = d4 & MASK;
        }
        h0 = a0;
        h1 = a1;
        h2 = a2;
        h3 = a3;
        h4 = a4;
    }

    private byte[] finish() {
        carry();
        carry();
        long g0 = h0 + 5;
        long g1 = h1 + (g0 >>> 26);
        long g2 = h2 + (g1 >>> 26);
        long g3 = h3 + (g2 >>> 26);
        long g4 = h4 + (g3 >>> 26) - (1L << 26);
        long keep = g4 >> 63;
        h0 = (h0 & keep) | (g0 & MASK & ~keep);
        h1 = (h1 & keep) | (g1 & MASK & ~keep);
        h2 = (h2 & keep) | (g2 & MASK & ~keep);
        h3 = (h3 & keep) | (g3 & MASK & ~keep);
        h4 = (h4 & keep) | (g4 & MASK & ~keep);

        long[] words = {
            (h0 | (h1 << 26)) & 0xffffffffL,
            ((h1 >>> 6) | (h2 << 20)) & 0xffffffffL,
            ((h2 >>> 12) | (h3 << 14)) & 0xffffffffL,
            ((h3 >>> 18) | (h4 << 8)) & 0xffffffffL
        };
        byte[] tag = new byte[TAG_BYTES];
        long sum = 0;
        for (int i = 0; i < 4; i++) {
            sum = (sum >>> 32) + words[i] + word(s, 4 * i);
            for (int k = 0; k < 4; k++) {
                tag[4 * i + k] = (byte) (sum >>> (8 * k));
            }
        }
        return tag;
    }

    private void carry() {
        h1 += h0 >>> 26;
        h0 &= MASK;
        h2 += h1 >>> 26;
        h1 &= MASK;
        h3 += h2 >>> 26;
        h2 &= MASK;
        h4 += h3 >>> 26;
        h3 &= MASK;
        h0 += (h4 >>> 26) * 5;
        h4 &= MASK;
    }

    private static long word(byte[] b, int at) {
        return (b[at] & 0xffL) | ((b[at + 1] & 0xffL) << 8) | ((b[at + 2] & 0xffL) << 16) | ((b[at + 3] & 0xffL) << 24);
    }
}
