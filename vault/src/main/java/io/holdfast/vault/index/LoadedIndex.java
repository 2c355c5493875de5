package io.holdfast.vault.index;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.pack.Pack;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A repository's index as its files tell it. Index files are never changed and name durable packs only, so a file seen
 * before need not be read again; when one has gone (a prune has run), everything is read anew.
 */
public final class LoadedIndex {

    private final Backend backend;
    private final SealedFiles files;
    private final Set<Handle> seen = new HashSet<>();
    private volatile BlobIndex index = new BlobIndex();

    public LoadedIndex(Backend backend, SealedFiles files) {
        this.backend = backend;
        this.files = files;
    }

    /** What the last {@link #refresh} found. */
    public BlobIndex current() {
        return index;
    }

    public synchronized BlobIndex refresh() throws BackendException, DamagedException {
        Set<Handle> listed = new HashSet<>();
        for (Backend.Entry entry : backend.list(FileType.INDEX)) {
            listed.add(entry.handle());
        }
        return listed.containsAll(seen) ? grown(listed) : anew(listed);
    }

    /** Where one file cannot be read, those read before it have been seen: should they go, all that they named goes too. */
    private BlobIndex grown(Set<Handle> listed) throws BackendException, DamagedException {
        for (Handle handle : listed) {
            if (!seen.contains(handle)) {
                List<Pack> named = IndexFile.read(files.load(handle));
                seen.add(handle);
                index.add(named);
            }
        }
        return index;
    }

    private BlobIndex anew(Set<Handle> listed) throws BackendException, DamagedException {
        BlobIndex next = new BlobIndex();
        for (Handle handle : listed) {
            next.add(IndexFile.read(files.load(handle)));
        }
        seen.clear();
        seen.addAll(listed);
        index = next;
        return next;
    }

    /** Stores an index file over packs that are durable already. */
    public synchronized void store(List<Pack> durable) throws BackendException {
        if (durable.isEmpty()) {
            return;
        }
        seen.add(files.store(FileType.INDEX, IndexFile.write(durable)));
        index.add(durable);
    }
}
