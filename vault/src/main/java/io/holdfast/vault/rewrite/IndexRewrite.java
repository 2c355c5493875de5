package io.holdfast.vault.rewrite;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.index.IndexFile;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.repository.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Replaces index files by ones that name other packs. The new are durable before any old one goes; so an index that is
 * read at any time names every pack that both name.
 */
public final class IndexRewrite {

    /** A file with this many blobs is full, and left alone where nothing in it has changed. */
    private static final int FULL = 50_000;

    private final Repository repository;
    private final Removal removal;
    private final boolean dropsUnreadable;
    private final Set<PackId> named = new HashSet<>();
    private final List<Handle> superseded = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final List<Pack> next = new ArrayList<>();
    private int nextBlobs;

    /** @param dropsUnreadable whether an index file that cannot be read is replaced by what comes, or ends it */
    public IndexRewrite(Repository repository, Removal removal, boolean dropsUnreadable) {
        this.repository = repository;
        this.removal = removal;
        this.dropsUnreadable = dropsUnreadable;
    }

    /**
     * Makes the index name every pack it names now but those that go, and those that come. Small files are joined.
     *
     * @param gone packs to be named no more
     * @param come packs to be named as described here, whatever other files say about them
     */
    public void run(Set<PackId> gone, Collection<Pack> come) throws IOException {
        named.addAll(gone);
        for (Pack pack : come) {
            add(pack);
        }
        for (Backend.Entry entry : repository.backend().list(FileType.INDEX)) {
            take(entry.handle());
        }
        store();
        for (Handle old : superseded) {
            removal.remove(old);
        }
        repository.index().refresh();
    }

    /** Index files that could not be read and were superseded for that. */
    public List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    private void take(Handle file) throws IOException {
        List<Pack> packs;
        try {
            packs = IndexFile.read(repository.files().load(file));
        } catch (DamagedException e) {
            if (!dropsUnreadable) {
                throw e;
            }
            unreadable.add(String.valueOf(e.getMessage()));
            superseded.add(file);
            return;
        }
        int blobs = packs.stream().mapToInt(pack -> pack.blobs().size()).sum();
        if (blobs >= FULL && packs.stream().noneMatch(pack -> named.contains(pack.id()))) {
            packs.forEach(pack -> named.add(pack.id()));
            return;
        }
        superseded.add(file);
        for (Pack pack : packs) {
            if (!named.contains(pack.id())) {
                add(pack);
            }
        }
    }

    private void add(Pack pack) throws IOException {
        named.add(pack.id());
        next.add(pack);
        nextBlobs += pack.blobs().size();
        if (nextBlobs >= FULL) {
            store();
        }
    }

    private void store() throws IOException {
        if (!next.isEmpty()) {
            removal.lock().verify();
            repository.files().store(FileType.INDEX, IndexFile.write(next));
            next.clear();
            nextBlobs = 0;
        }
    }
}
