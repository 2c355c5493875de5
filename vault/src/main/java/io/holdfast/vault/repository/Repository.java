package io.holdfast.vault.repository;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.ProvingBackend;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.index.BlobReader;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.index.IndexGuard;
import io.holdfast.vault.index.LoadedIndex;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.snapshot.SnapshotFiles;
import io.holdfast.vault.tree.Trees;
import java.util.function.Consumer;

/** A place with the key to it: what every operation works on. */
public record Repository(
        Backend backend,
        SealingKey key,
        RepositoryConfig config,
        SealedFiles files,
        LoadedIndex index,
        BlobReader blobs,
        Trees trees,
        SnapshotFiles snapshots) {

    public static Repository of(Backend backend, SealingKey key, RepositoryConfig config) {
        SealedFiles files = files(backend, key, config);
        LoadedIndex index = new LoadedIndex(backend, files);
        BlobReader blobs = new BlobReader(backend, key, index::current);
        return new Repository(
                backend, key, config, files, index, blobs, new Trees(blobs), new SnapshotFiles(backend, files));
    }

    private static SealedFiles files(Backend place, SealingKey key, RepositoryConfig config) {
        return new SealedFiles(place, key, config.compression(Compression.Level.AUTO));
    }

    /** The small files of a copy of this repository at another place. */
    public SealedFiles filesAt(Backend place) {
        return files(place, key, config);
    }

    /**
     * @param packsAtOnce how many packs are finished or stored at most
     * @param stored told of each pack that has become durable, by any thread
     */
    public BlobWriter writer(Compression.Level wanted, int packsAtOnce, IndexGuard guard, Consumer<PackId> stored) {
        return new BlobWriter(backend, key, config.compression(wanted), packsAtOnce, index, guard, stored);
    }

    /** A writer of what replaces something: nothing counts as stored before the place has shown that it holds it. */
    public BlobWriter provingWriter(Compression.Level wanted, IndexGuard guard) {
        return new BlobWriter(ProvingBackend.over(backend), key, config.compression(wanted), index, guard, _ -> {});
    }

    /** A writer that stores nothing and only counts what {@link #writer} would have stored. */
    public BlobWriter countingWriter(Compression.Level wanted) {
        return BlobWriter.counting(key, config.compression(wanted), index);
    }

    /** The same, read past any cache from where it lies; its index is to be refreshed before use. */
    public Repository uncached() {
        return of(backend.uncached(), key, config);
    }
}
