package io.holdfast.vault.model;

import java.security.SecureRandom;

/** Names a repository: a random value drawn when it was made, equal in all its copies. */
public record RepositoryId(Digest digest) implements Comparable<RepositoryId> {

    /** Reads 64 lower-case hex digits; anything else is an {@link IllegalArgumentException}. */
    public static RepositoryId parse(String hex) {
        return new RepositoryId(Digest.parse(hex));
    }

    public static RepositoryId random() {
        byte[] bytes = new byte[Digest.BYTES];
        new SecureRandom().nextBytes(bytes);
        return new RepositoryId(Digest.of(bytes, 0));
    }

    /** The first 8 hex digits, for people. */
    public String shortForm() {
        return digest.shortForm();
    }

    @Override
    public int compareTo(RepositoryId other) {
        return toString().compareTo(other.toString());
    }

    /** The 64 hex digits. */
    @Override
    public String toString() {
        return digest.toString();
    }
}
