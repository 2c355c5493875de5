package io.holdfast.vault.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 value; spelled as 64 lower-case hex digits. */
public record Digest(long a, long b, long c, long d) {

    public static final int BYTES = 32;
    private static final HexFormat HEX = HexFormat.of();

    /** Reads 64 lower-case hex digits; anything else is an {@link IllegalArgumentException}. */
    public static Digest parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw malformed(hex);
        }
        return new Digest(longAt(hex, 0), longAt(hex, 16), longAt(hex, 32), longAt(hex, 48));
    }

    private static long longAt(String hex, int offset) {
        long value = 0;
        for (int i = offset; i < offset + 16; i++) {
            char digit = hex.charAt(i);
            if (digit >= '0' && digit <= '9') {
                value = (value << 4) | (digit - '0');
            } else if (digit >= 'a' && digit <= 'f') {
                value = (value << 4) | (digit - 'a' + 10);
            } else {
                throw malformed(hex);
            }
        }
        return value;
    }

    private static IllegalArgumentException malformed(String hex) {
        return new IllegalArgumentException("'%s' is not a SHA-256 in 64 lower-case hex digits".formatted(hex));
    }

    public static Digest of(byte[] source, int offset) {
        return new Digest(
                longAt(source, offset),
                longAt(source, offset + 8),
                longAt(source, offset + 16),
                longAt(source, offset + 24));
    }

    /** The SHA-256 of the content. */
    public static Digest ofContent(byte[] content) {
        return ofContent(content, 0, content.length);
    }

    public static Digest ofContent(byte[] content, int offset, int length) {
        MessageDigest sha = sha256();
        sha.update(content, offset, length);
        return of(sha.digest(), 0);
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        put(bytes, 0, a);
        put(bytes, 8, b);
        put(bytes, 16, c);
        put(bytes, 24, d);
        return bytes;
    }

    /** The first 8 hex digits, for people. */
    public String shortForm() {
        return toString().substring(0, 8);
    }

    /** Whether this is the all-zero value, which names nothing. */
    public boolean isNull() {
        return (a | b | c | d) == 0;
    }

    @Override
    public String toString() {
        return HEX.formatHex(bytes());
    }

    private static long longAt(byte[] source, int offset) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (source[offset + i] & 0xff);
        }
        return value;
    }

    private static void put(byte[] target, int offset, long value) {
        for (int i = 0; i < 8; i++) {
            target[offset + i] = (byte) (value >>> (56 - 8 * i));
        }
    }
}
