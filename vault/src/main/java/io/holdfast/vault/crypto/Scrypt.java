package io.holdfast.vault.crypto;

import static java.lang.Integer.rotateLeft;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives a key from a password so that every guess takes time and memory (RFC 7914).
 *
 * <p>Every command does this once, in a JVM that has just started, so the system's code does it where there is one
 * ({@link OpenSslScrypt}). Here, the inner function keeps its state in local variables, which even a first, quick
 * compilation makes fast.
 */
final class Scrypt {

    private static final String HMAC = "HmacSHA256";
    private static final int HMAC_BYTES = 32;
    /** Salsa20 works on blocks of so many numbers. */
    private static final int BLOCK = 16;

    private final int[] memory;
    private final int rows;
    private int[] from;
    private int[] to;

    private Scrypt(int n, int r) {
        rows = n;
        from = new int[2 * r * BLOCK];
        to = new int[from.length];
        memory = new int[n * from.length];
    }

    /**
     * @param n the cost, a power of two
     * @param r the size of a block; 128·n·r bytes of memory are needed
     * @param p how many times it is done
     * @param length how many bytes of key are wanted
     */
    static byte[] derive(byte[] password, byte[] salt, int n, int r, int p, int length) {
        byte[] key = OpenSslScrypt.derive(password, salt, n, r, p, length);
        return key == null ? ownKey(password, salt, n, r, p, length) : key;
    }

    static byte[] ownKey(byte[] password, byte[] salt, int n, int r, int p, int length) {
        Scrypt scrypt = new Scrypt(n, r);
        byte[] blocks = pbkdf2(password, salt, p * r * 2 * BLOCK * Integer.BYTES);
        IntBuffer numbers =
                ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        for (int i = 0; i < p; i++) {
            int at = i * scrypt.from.length;
            numbers.get(at, scrypt.from);
            scrypt.mix();
            numbers.put(at, scrypt.from);
        }
        byte[] key = pbkdf2(password, blocks, length);
        Arrays.fill(blocks, (byte) 0);
        scrypt.erase();
        return key;
    }

    /** PBKDF2 with HMAC-SHA256 and one iteration (RFC 8018). */
    private static byte[] pbkdf2(byte[] password, byte[] salt, int length) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            // A key is filled up with zeros, so one zero is as good as none, which this class refuses.
            mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, HMAC));
            byte[] key = new byte[length];
            for (int block = 0; block * HMAC_BYTES < length; block++) {
                mac.update(salt);
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, block + 1));
                int at = block * HMAC_BYTES;
                System.arraycopy(mac.doFinal(), 0, key, at, Math.min(HMAC_BYTES, length - at));
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    /** {@code scryptROMix}: fills the memory with a chain of blocks, then visits it in an order that the blocks tell. */
    private void mix() {
        int width = from.length;
        for (int row = 0; row < rows; row++) {
            System.arraycopy(from, 0, memory, row * width, width);
            mixBlocks();
        }
        for (int row = 0; row < rows; row++) {
            int visited = from[width - BLOCK] & (rows - 1);
            add(from, memory, visited * width);
            mixBlocks();
        }
    }

    private static void add(int[] block, int[] memory, int at) {
        for (int i = 0; i < block.length; i++) {
            block[i] ^= memory[at + i];
        }
    }

    /** {@code scryptBlockMix}: even blocks go into the first half, odd ones into the second. */
    private void mixBlocks() {
        int half = from.length / 2;
        int[] last = from;
        int lastAt = from.length - BLOCK;
        for (int at = 0; at < from.length; at += 2 * BLOCK) {
            int even = at / 2;
            salsa(last, lastAt, from, at, to, even);
            salsa(to, even, from, at + BLOCK, to, even + half);
            last = to;
            lastAt = even + half;
        }
        int[] mixed = to;
        to = from;
        from = mixed;
    }

    /** Salsa20/8 of two blocks added to one another. */
    private static void salsa(int[] a, int aAt, int[] b, int bAt, int[] to, int at) {
        for (int i = 0; i < BLOCK; i++) {
            to[at + i] = a[aAt + i] ^ b[bAt + i];
        }
        int x0 = to[at];
        int x1 = to[at + 1];
        int x2 = to[at + 2];
        int x3 = to[at + 3];
        int x4 = to[at + 4];
        int x5 = to[at + 5];
        int x6 = to[at + 6];
        int x7 = to[at + 7];
        int x8 = to[at + 8];
        int x9 = to[at + 9];
        int x10 = to[at + 10];
        int x11 = to[at + 11];
        int x12 = to[at + 12];
        int x13 = to[at + 13];
        int x14 = to[at + 14];
        int x15 = to[at + 15];
        for (int round = 0; round < 4; round++) {
            x4 ^= rotateLeft(x0 + x12, 7);
            x8 ^= rotateLeft(x4 + x0, 9);
            x12 ^= rotateLeft(x8 + x4, 13);
            x0 ^= rotateLeft(x12 + x8, 18);
            x9 ^= rotateLeft(x5 + x1, 7);
            x13 ^= rotateLeft(x9 + x5, 9);
            x1 ^= rotateLeft(x13 + x9, 13);
            x5 ^= rotateLeft(x1 + x13, 18);
            x14 ^= rotateLeft(x10 + x6, 7);
            x2 ^= rotateLeft(x14 + x10, 9);
            x6 ^= rotateLeft(x2 + x14, 13);
            x10 ^= rotateLeft(x6 + x2, 18);
            x3 ^= rotateLeft(x15 + x11, 7);
            x7 ^= rotateLeft(x3 + x15, 9);
            x11 ^= rotateLeft(x7 + x3, 13);
            x15 ^= rotateLeft(x11 + x7, 18);
            x1 ^= rotateLeft(x0 + x3, 7);
            x2 ^= rotateLeft(x1 + x0, 9);
            x3 ^= rotateLeft(x2 + x1, 13);
            x0 ^= rotateLeft(x3 + x2, 18);
            x6 ^= rotateLeft(x5 + x4, 7);
            x7 ^= rotateLeft(x6 + x5, 9);
            x4 ^= rotateLeft(x7 + x6, 13);
            x5 ^= rotateLeft(x4 + x7, 18);
            x11 ^= rotateLeft(x10 + x9, 7);
            x8 ^= rotateLeft(x11 + x10, 9);
            x9 ^= rotateLeft(x8 + x11, 13);
            x10 ^= rotateLeft(x9 + x8, 18);
            x12 ^= rotateLeft(x15 + x14, 7);
            x13 ^= rotateLeft(x12 + x15, 9);
            x14 ^= rotateLeft(x13 + x12, 13);
            x15 ^= rotateLeft(x14 + x13, 18);
        }
        to[at] += x0;
        to[at + 1] += x1;
        to[at + 2] += x2;
        to[at + 3] += x3;
        to[at + 4] += x4;
        to[at + 5] += x5;
        to[at + 6] += x6;
        to[at + 7] += x7;
        to[at + 8] += x8;
        to[at + 9] += x9;
        to[at + 10] += x10;
        to[at + 11] += x11;
        to[at + 12] += x12;
        to[at + 13] += x13;
        to[at + 14] += x14;
        to[at + 15] += x15;
    }

    private void erase() {
        Arrays.fill(memory, 0);
        Arrays.fill(from, 0);
        Arrays.fill(to, 0);
    }
}
