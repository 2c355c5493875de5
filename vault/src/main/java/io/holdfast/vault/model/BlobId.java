package io.holdfast.vault.model;

/** Names a piece of content: the SHA-256 of the bytes before compression and sealing. */
public record BlobId(Digest digest) implements Comparable<BlobId> {

    /** Reads 64 lower-case hex digits; anything else is an {@link IllegalArgumentException}. */
    public static BlobId parse(String hex) {
        return new BlobId(Digest.parse(hex));
    }

    /** The name of this content. */
    public static BlobId ofContent(byte[] content) {
        return ofContent(content, content.length);
    }

    /** The name of what a buffer begins with. */
    public static BlobId ofContent(byte[] buffer, int length) {
        return new BlobId(Digest.ofContent(buffer, 0, length));
    }

    /** The first 8 hex digits, for people. */
    public String shortForm() {
        return digest.shortForm();
    }

    @Override
    public int compareTo(BlobId other) {
        return toString().compareTo(other.toString());
    }

    /** The 64 hex digits. */
    @Override
    public String toString() {
        return digest.toString();
    }
}
