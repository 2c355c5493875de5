package io.holdfast.vault.replica;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.IndexFile;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.repository.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The copy being written. Its own index decides what it lacks, and that index names only packs that are there: a pack it
 * names and the place no longer holds is taken out of the index before anything else happens.
 */
final class Replica {

    private static final int PACKS_PER_INDEX = 128;
    private static final int BLOBS_PER_INDEX = 50_000;

    private final Backend backend;
    private final SealedFiles files;
    private final PackReading packs;
    private final Repository source;
    private final Listing listing;
    private final Set<PackId> mistrusted;
    private final BlobIndex index = new BlobIndex();
    private final Map<PackId, Pack> lost = new LinkedHashMap<>();
    private final Map<Handle, Set<PackId>> namedBy = new HashMap<>();
    private final Map<PackId, Pack> doubtful = new HashMap<>();
    private final List<Pack> unindexed = new ArrayList<>();
    private int unindexedBlobs;

    /** @param mistrusted packs that are there and whose content is known to be damaged: what they hold counts as lacking */
    Replica(Backend backend, Repository source, Listing listing, Set<PackId> mistrusted) {
        this.backend = backend;
        this.source = source;
        this.listing = listing;
        this.mistrusted = mistrusted;
        files = source.filesAt(backend);
        packs = new PackReading(backend, source.key());
    }

    boolean holds(BlobKey blob) {
        return index.contains(blob);
    }

    /** Packs that the index named, or that no index could name, and that are not there. */
    Collection<Pack> lost() {
        return lost.values();
    }

    /** Packs that the index names and that are there, but not as they should be. A good one in their place ends that. */
    synchronized Collection<Pack> doubtful() {
        return List.copyOf(doubtful.values());
    }

    /** Every pack that the index names, sound or not. */
    List<Pack> named() {
        List<Pack> named = new ArrayList<>(index.packs());
        named.addAll(doubtful());
        return named;
    }

    /** Reads the index, and brings it to what is really there. */
    void readIndex() throws IOException {
        Set<Handle> unreadable = new HashSet<>();
        for (Handle handle : listing.indexFiles()) {
            try {
                for (Pack pack : IndexFile.read(files.load(handle))) {
                    namedBy.computeIfAbsent(handle, _ -> new HashSet<>()).add(pack.id());
                    take(pack);
                }
            } catch (DamagedException e) {
                unreadable.add(handle);
            }
        }
        Set<PackId> adopted = unreadable.isEmpty() ? Set.of() : adoptUnnamed();
        rewrite(lost.keySet(), unreadable, adopted);
    }

    /**
     * Whether the pack came to be there whole by an attempt that was cut off before it could name it in an index. Where the
     * place did not hash what arrived, it is read: the attempt may have been cut off before it did that.
     */
    boolean hasUnnamed(Pack pack) throws BackendException {
        Long size = listing.size(pack.id());
        return size != null
                && size == pack.size()
                && index.pack(pack.id()) == null
                && !mistrusted.contains(pack.id())
                && (backend.hashesArrivals() || isWhole(pack));
    }

    private boolean isWhole(Pack pack) throws BackendException {
        try {
            packs.load(pack.id());
            return true;
        } catch (DamagedException e) {
            return false;
        }
    }

    /** Stores a pack, replacing whatever is left of it. By any thread. */
    void store(Pack pack, byte[] content) throws BackendException {
        backend.store(pack.handle(), content);
        listing.addPack(pack.id(), content.length);
    }

    void store(Handle handle, byte[] content) throws BackendException {
        backend.store(handle, content);
    }

    /** Notes that a pack is there and, unless one names it already, is to be named in an index; says whether that is due. */
    synchronized boolean arrived(Pack pack) {
        if (doubtful.remove(pack.id()) != null) {
            index.add(List.of(pack));
            return false;
        }
        unindexed.add(pack);
        unindexedBlobs += pack.blobs().size();
        return unindexed.size() >= PACKS_PER_INDEX || unindexedBlobs >= BLOBS_PER_INDEX;
    }

    /** Makes what arrived known. */
    synchronized void flush() throws BackendException {
        if (!unindexed.isEmpty()) {
            storeIndex(unindexed);
            index.add(unindexed);
            unindexed.clear();
            unindexedBlobs = 0;
        }
    }

    /** Takes packs out of the index and deletes them. Whatever needs them must be able to do without. */
    void drop(Set<PackId> gone) throws IOException {
        rewrite(gone, Set.of(), Set.of());
        for (PackId pack : gone) {
            delete(PackReading.handle(pack));
            listing.removePack(pack);
        }
    }

    private void take(Pack pack) throws BackendException {
        long size = sizeOf(pack);
        if (size < 0) {
            lost.put(pack.id(), pack);
            listing.removePack(pack.id());
        } else if (size != pack.size() || mistrusted.contains(pack.id())) {
            doubtful.put(pack.id(), pack);
        } else {
            index.add(List.of(pack));
        }
    }

    /** Negative when it is not there. A listing may lag or lack something, so a pack that it lacks is asked for by name. */
    private long sizeOf(Pack pack) throws BackendException {
        Long listed = listing.size(pack.id());
        if (listed != null) {
            return listed;
        }
        try {
            return backend.size(pack.handle());
        } catch (BackendException e) {
            if (e.kind() == BackendException.Kind.NOT_FOUND) {
                return -1;
            }
            throw e;
        }
    }

    /** What an unreadable index file may have named: packs that no other names, as the source or they themselves tell. */
    private Set<PackId> adoptUnnamed() throws BackendException {
        Set<PackId> adopted = new HashSet<>();
        for (PackId id : listing.packs()) {
            if (index.pack(id) == null && !doubtful.containsKey(id) && !mistrusted.contains(id)) {
                try {
                    Pack known = source.index().current().pack(id);
                    index.add(List.of(known != null && hasUnnamed(known) ? known : packs.describe(id, packs.load(id))));
                    adopted.add(id);
                } catch (DamagedException e) {
                    lost.put(id, new Pack(id, List.of()));
                }
            }
        }
        return adopted;
    }

    /** Replaces index files that name a pack that is gone, or cannot be read, by one that names the rest and what is new. */
    private void rewrite(Set<PackId> gone, Set<Handle> unreadable, Set<PackId> added) throws IOException {
        Set<Handle> superseded = new HashSet<>(unreadable);
        Set<PackId> kept = new HashSet<>();
        Set<PackId> moved = new HashSet<>(added);
        namedBy.forEach((file, named) -> {
            if (named.stream().anyMatch(gone::contains)) {
                superseded.add(file);
                moved.addAll(named);
            } else {
                kept.addAll(named);
            }
        });
        moved.removeAll(gone);
        moved.removeAll(kept);
        if (!moved.isEmpty()) {
            List<Pack> rest = new ArrayList<>();
            moved.forEach(id -> rest.add(described(id)));
            storeIndex(rest);
        }
        for (Handle file : superseded) {
            if (delete(file)) {
                listing.removeIndexFile(file);
                namedBy.remove(file);
            }
        }
    }

    private Pack described(PackId id) {
        Pack pack = index.pack(id);
        return pack != null
                ? pack
                : Optional.ofNullable(doubtful.get(id))
                        .orElseThrow(() -> new IllegalStateException("pack %s is in no index".formatted(id)));
    }

    private void storeIndex(List<Pack> named) throws BackendException {
        Handle file = files.store(FileType.INDEX, IndexFile.write(named));
        listing.addIndexFile(file);
        Set<PackId> ids = new HashSet<>();
        named.forEach(pack -> ids.add(pack.id()));
        namedBy.put(file, ids);
    }

    /** A file that the place keeps from deletion stays, and does no harm: what it names that is gone is looked for anew. */
    private boolean delete(Handle file) throws BackendException {
        try {
            backend.delete(file);
            return true;
        } catch (BackendException e) {
            if (e.kind() == BackendException.Kind.RETAINED) {
                return false;
            }
            throw e;
        }
    }
}
