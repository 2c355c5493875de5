package io.holdfast.vault.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The Poly1305 authenticator (RFC 8439, section 2.5) over two limbs of 64 bits and one of three. A one-time key:
 * {@code r} (clamped on use) and {@code s}.
 *
 * <p>Written here because the library's version takes a third of sealing time; tested against that version. The
 * system's, where there is one, does the long messages of a process that has many: {@link OpenSslPoly1305}.
 */
final class Poly1305 {

    static final int TAG_BYTES = 16;
    private static final int BLOCK = 16;
    /** To bind a library takes a tenth of a second, as much as it saves on this many bytes: short verbs do without. */
    static final long BEFORE_OPENSSL = 128L << 20;

    private static final AtomicLong DONE_HERE = new AtomicLong();
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long r0;
    private final long r1;
    private long h0;
    private long h1;
    private long h2;

    private Poly1305(byte[] r) {
        r0 = word(r, 0) & 0x0ffffffc0fffffffL;
        r1 = word(r, 8) & 0x0ffffffc0ffffffcL;
    }

    static byte[] tag(byte[] r, byte[] s, byte[] message, int offset, int length) {
        if (length >= OpenSslPoly1305.WORTHWHILE && DONE_HERE.get() >= BEFORE_OPENSSL) {
            byte[] tag = OpenSslPoly1305.tag(r, s, message, offset, length);
            if (tag != null) {
                return tag;
            }
        }
        DONE_HERE.addAndGet(length);
        return ownTag(r, s, message, offset, length);
    }

    static byte[] ownTag(byte[] r, byte[] s, byte[] message, int offset, int length) {
        Poly1305 mac = new Poly1305(r);
        int whole = length - length % BLOCK;
        mac.blocks(message, offset, whole, 1);
        if (whole < length) {
            byte[] last = Arrays.copyOf(Arrays.copyOfRange(message, offset + whole, offset + length), BLOCK);
            last[length - whole] = 1;
            mac.blocks(last, 0, BLOCK, 0);
        }
        return mac.finish(s);
    }

    /** h = (h + block + high * 2^128) * r mod 2^130 - 5, for each block; partially reduced. */
    private void blocks(byte[] message, int offset, int length, long high) {
        long s1 = r1 + (r1 >>> 2);
        long a0 = h0;
        long a1 = h1;
        long a2 = h2;
        for (int i = offset; i < offset + length; i += BLOCK) {
            long m0 = word(message, i);
            long m1 = word(message, i + 8);
            long b0 = a0 + m0;
            long carry = carry(a0, b0);
            long sum = a1 + m1;
            long b1 = sum + carry;
            a2 += high + carry(a1, sum) + carry(sum, b1);

            long term = b1 * s1;
            long product = b0 * r0;
            long low = product + term;
            long up = Math.unsignedMultiplyHigh(b0, r0) + Math.unsignedMultiplyHigh(b1, s1) + carry(product, low);

            product = b0 * r1;
            term = b1 * r0;
            sum = product + term;
            long top = Math.unsignedMultiplyHigh(b0, r1) + Math.unsignedMultiplyHigh(b1, r0) + carry(product, sum);
            term = a2 * s1;
            long partly = sum + term;
            long middle = partly + up;
            top += carry(sum, partly) + carry(partly, middle);
            a2 = a2 * r0 + top;

            long fold = (a2 >>> 2) + (a2 & ~3L);
            a0 = low + fold;
            carry = carry(low, a0);
            a1 = middle + carry;
            a2 = (a2 & 3) + carry(middle, a1);
        }
        h0 = a0;
        h1 = a1;
        h2 = a2;
    }

    private byte[] finish(byte[] s) {
        long g0 = h0 + 5;
        long carry = carry(h0, g0);
        long g1 = h1 + carry;
        long g2 = h2 + carry(h1, g1);
        long reduced = -(g2 >>> 2);
        long low = (h0 & ~reduced) | (g0 & reduced);
        long high = (h1 & ~reduced) | (g1 & reduced);
        long s0 = word(s, 0);
        long first = low + s0;
        long second = high + word(s, 8) + carry(low, first);
        byte[] tag = new byte[TAG_BYTES];
        WORD.set(tag, 0, first);
        WORD.set(tag, 8, second);
        return tag;
    }

    /** 1 when the sum with something wrapped around. Compiled without a branch, since it is as often this as that. */
    private static long carry(long one, long sum) {
        return Long.compareUnsigned(sum, one) < 0 ? 1 : 0;
    }

    private static long word(byte[] bytes, int at) {
        return (long) WORD.get(bytes, at);
    }
}
