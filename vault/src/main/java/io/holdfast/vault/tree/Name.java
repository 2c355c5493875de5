package io.holdfast.vault.tree;

import io.holdfast.vault.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A file's name as the file system holds it: bytes, not necessarily text. Ordered by unsigned bytes. */
public final class Name implements Comparable<Name> {

    private final byte[] raw;

    private Name(byte[] raw) {
        this.raw = raw;
    }

    public static Name of(byte[] raw) {
        return new Name(raw.clone());
    }

    /** The bytes from {@code start} up to, not including, {@code end}. */
    public static Name of(byte[] raw, int start, int end) {
        return new Name(Arrays.copyOfRange(raw, start, end));
    }

    public static Name of(String text) {
        return new Name(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] raw() {
        return raw.clone();
    }

    public boolean isText() {
        return Utf8.isValid(raw);
    }

    /** Whether the name stays within its directory: not empty, not {@code .} or {@code ..}, no slash, no zero byte. */
    public boolean isSafe() {
        if (raw.length == 0 || equals(of(".")) || equals(of(".."))) {
            return false;
        }
        for (byte each : raw) {
            if (each == '/' || each == 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(Name other) {
        return Arrays.compareUnsigned(raw, other.raw);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name name && Arrays.equals(raw, name.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    /** As text; what is not UTF-8 shows as replacement characters. */
    @Override
    public String toString() {
        return new String(raw, StandardCharsets.UTF_8);
    }
}
