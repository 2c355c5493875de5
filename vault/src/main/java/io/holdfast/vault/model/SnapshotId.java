package io.holdfast.vault.model;

/** Names a snapshot: the SHA-256 of its stored file. */
public record SnapshotId(Digest digest) implements Comparable<SnapshotId> {

    /** Reads 64 lower-case hex digits; anything else is an {@link IllegalArgumentException}. */
    public static SnapshotId parse(String hex) {
        return new SnapshotId(Digest.parse(hex));
    }

    /** The name of this content. */
    public static SnapshotId ofContent(byte[] content) {
        return new SnapshotId(Digest.ofContent(content));
    }

    /** The first 8 hex digits, for people. */
    public String shortForm() {
        return digest.shortForm();
    }

    @Override
    public int compareTo(SnapshotId other) {
        return toString().compareTo(other.toString());
    }

    /** The 64 hex digits. */
    @Override
    public String toString() {
        return digest.toString();
    }
}
