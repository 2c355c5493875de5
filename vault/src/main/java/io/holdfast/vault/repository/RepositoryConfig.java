package io.holdfast.vault.repository;

import io.holdfast.vault.chunk.Polynomial;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.json.JsonObject;
import io.holdfast.vault.json.JsonText;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.RepositoryId;

/** The one file without a hash for a name: sealed JSON, never compressed. */
public record RepositoryConfig(int version, RepositoryId id, Polynomial polynomial) {

    public static final int VERSION = 2;

    /** The first version with compression. */
    private static final int COMPRESSES = 2;

    public boolean compresses() {
        return version >= COMPRESSES;
    }

    /** How to compress what is written into this repository, where that is wanted. */
    public Compression.Level compression(Compression.Level wanted) {
        return compresses() ? wanted : Compression.Level.NONE;
    }

    public byte[] seal(SealingKey key) {
        return key.seal(new JsonText()
                .open('{')
                .field("version", version)
                .field("id", id.toString())
                .field("chunker_polynomial", polynomial.toString())
                .close('}')
                .utf8());
    }

    public static RepositoryConfig open(SealingKey key, byte[] sealed) throws DamagedException {
        try {
            JsonObject json = JsonObject.parse(key.open(sealed), "the config");
            return new RepositoryConfig(
                    json.number("version", 0, Integer.MAX_VALUE),
                    json.parsed("id", RepositoryId::parse),
                    json.parsed("chunker_polynomial", Polynomial::parse));
        } catch (DamagedException e) {
            throw new DamagedException("config cannot be opened: " + e.getMessage(), e);
        }
    }
}
