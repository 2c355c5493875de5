package io.holdfast.vault.chunk;

import java.security.SecureRandom;

/**
 * A polynomial over GF(2) of degree 53, coefficients as bits. It decides where files are cut, so every writer of a
 * repository uses the same one.
 */
public record Polynomial(long bits) {

    static final int DEGREE = 53;

    /** An irreducible polynomial; any other is an {@link IllegalArgumentException}. */
    public static Polynomial parse(String hex) {
        Polynomial polynomial = new Polynomial(Long.parseUnsignedLong(hex, 16));
        if (!polynomial.isIrreducible()) {
            throw new IllegalArgumentException("'%s' is not an irreducible polynomial of degree 53".formatted(hex));
        }
        return polynomial;
    }

    public static Polynomial random() {
        SecureRandom random = new SecureRandom();
        while (true) {
            long low = random.nextLong() & ((1L << DEGREE) - 1);
            Polynomial candidate = new Polynomial((1L << DEGREE) | low | 1);
            if (candidate.isIrreducible()) {
                return candidate;
            }
        }
    }

    /** For a prime degree n: irreducible if x^(2^n) = x and there is no root in GF(2). */
    boolean isIrreducible() {
        if (degree(bits) != DEGREE || (bits & 1) == 0 || Long.bitCount(bits) % 2 == 0) {
            return false;
        }
        long power = 2;
        for (int i = 0; i < DEGREE; i++) {
            power = multiply(power, power);
        }
        return power == 2;
    }

    /** The remainder of a polynomial of any degree up to 63. */
    long reduce(long value) {
        long rest = value;
        for (int degree = degree(rest); degree >= DEGREE; degree = degree(rest)) {
            rest ^= bits << (degree - DEGREE);
        }
        return rest;
    }

    private long multiply(long a, long b) {
        long product = 0;
        long shifted = a;
        for (long rest = b; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                product ^= shifted;
            }
            shifted = reduce(shifted << 1);
        }
        return product;
    }

    private static int degree(long value) {
        return 63 - Long.numberOfLeadingZeros(value);
    }

    @Override
    public String toString() {
        return Long.toHexString(bits);
    }
}
