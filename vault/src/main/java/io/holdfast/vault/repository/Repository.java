package io.holdfast.vault.repository;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.index.BlobReader;
import io.holdfast.vault.index.LoadedIndex;
import io.holdfast.vault.snapshot.SnapshotFiles;
import io.holdfast.vault.tree.Trees;

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
        SealedFiles files = new SealedFiles(backend, key);
        LoadedIndex index = new LoadedIndex(backend, files);
        BlobReader blobs = new BlobReader(backend, key, index::current);
        return new Repository(
                backend, key, config, files, index, blobs, new Trees(blobs), new SnapshotFiles(backend, files));
    }

    /** The same, read past any cache from where it lies; its index is to be refreshed before use. */
    public Repository uncached() {
        return of(backend.uncached(), key, config);
    }
}
