package io.holdfast.vault.model;

/** Names a key file: the SHA-256 of its stored bytes. */
public record KeyId(Digest digest) implements Comparable<KeyId> {

    /** Reads 64 lower-case hex digits; anything else is an {@link IllegalArgumentException}. */
    public static KeyId parse(String hex) {
        return new KeyId(Digest.parse(hex));
    }

    /** The name of this content. */
    public static KeyId ofContent(byte[] content) {
        return new KeyId(Digest.ofContent(content));
    }

    /** The first 8 hex digits, for people. */
    public String shortForm() {
        return digest.shortForm();
    }

    @Override
    public int compareTo(KeyId other) {
        return toString().compareTo(other.toString());
    }

    /** The 64 hex digits. */
    @Override
    public String toString() {
        return digest.toString();
    }
}
