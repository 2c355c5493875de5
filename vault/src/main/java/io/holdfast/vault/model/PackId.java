package io.holdfast.vault.model;

/** Names a pack file: the SHA-256 of its stored bytes. */
public record PackId(Digest digest) implements Comparable<PackId> {

    /** Reads 64 lower-case hex digits; anything else is an {@link IllegalArgumentException}. */
    public static PackId parse(String hex) {
        return new PackId(Digest.parse(hex));
    }

    /** The name of this content. */
    public static PackId ofContent(byte[] content) {
        return ofContent(content, content.length);
    }

    /** Of what a buffer begins with. */
    public static PackId ofContent(byte[] buffer, int length) {
        return new PackId(Digest.ofContent(buffer, 0, length));
    }

    /** The first 8 hex digits, for people. */
    public String shortForm() {
        return digest.shortForm();
    }

    @Override
    public int compareTo(PackId other) {
        return toString().compareTo(other.toString());
    }

    /** The 64 hex digits. */
    @Override
    public String toString() {
        return digest.toString();
    }
}
