package io.holdfast.vault;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.IndexFile;
import io.holdfast.vault.lock.LockSettings;
import io.holdfast.vault.lock.Locks;
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
import java.util.Set;

/**
 * The copy being written. Its own index decides what it lacks, and that index names only packs that are there: a pack it
 * names and the place no longer holds is taken out of the index before anything else happens.
 */
final class ReplicaTarget {

    private static final int PACKS_PER_INDEX = 32;

    private final Backend backend;
    private final SealedFiles files;
    private final PackReading packs;
    private final BlobIndex index = new BlobIndex();
    private final Map<PackId, Pack> lost = new LinkedHashMap<>();
    private final List<Pack> unindexed = new ArrayList<>();

    ReplicaTarget(Backend backend, Repository source) {
        this.backend = backend;
        files = new SealedFiles(backend, source.key());
        packs = new PackReading(backend, source.key());
    }

    Locks locks(LockSettings settings) {
        return new Locks(backend, files, settings);
    }

    boolean holds(BlobKey blob) {
        return index.contains(blob);
    }

    /** Packs that the index named, or that no index could name, and that are not there as they should be. */
    Collection<Pack> lost() {
        return lost.values();
    }

    Set<Handle> list(FileType type) throws BackendException {
        Set<Handle> handles = new HashSet<>();
        backend.list(type).forEach(entry -> handles.add(entry.handle()));
        return handles;
    }

    /** Reads the index, and brings it to what is really there. */
    void readIndex() throws IOException {
        Map<Handle, List<Pack>> readable = new LinkedHashMap<>();
        List<Handle> superseded = new ArrayList<>();
        for (Handle handle : list(FileType.INDEX)) {
            try {
                readable.put(handle, IndexFile.read(files.load(handle)));
            } catch (DamagedException e) {
                superseded.add(handle);
            }
        }
        Map<PackId, Long> listed = new HashMap<>();
        for (Backend.Entry entry : backend.list(FileType.PACK)) {
            listed.put(PackId.parse(entry.handle().name()), entry.size());
        }
        Map<PackId, Pack> rewritten = new LinkedHashMap<>();
        Map<PackId, Pack> kept = new LinkedHashMap<>();
        if (!superseded.isEmpty()) {
            Set<PackId> unnamed = new HashSet<>(listed.keySet());
            readable.values().forEach(each -> each.forEach(pack -> unnamed.remove(pack.id())));
            adopt(unnamed, rewritten);
        }
        for (var file : readable.entrySet()) {
            List<Pack> here = new ArrayList<>();
            for (Pack pack : file.getValue()) {
                if (!lost.containsKey(pack.id())
                        && (Long.valueOf(pack.size()).equals(listed.get(pack.id())) || isThere(pack))) {
                    here.add(pack);
                } else {
                    lost.put(pack.id(), pack);
                }
            }
            boolean whole = here.size() == file.getValue().size();
            here.forEach(pack -> (whole ? kept : rewritten).put(pack.id(), pack));
            if (!whole) {
                superseded.add(file.getKey());
            }
        }
        rewritten.keySet().removeAll(kept.keySet());
        if (!rewritten.isEmpty()) {
            files.store(FileType.INDEX, IndexFile.write(rewritten.values()));
        }
        for (Handle old : superseded) {
            backend.delete(old);
        }
        index.add(kept.values());
        index.add(rewritten.values());
    }

    /** Stores a pack, replacing a remainder of the wrong size. */
    void send(Pack pack, byte[] content) throws IOException {
        Handle handle = PackReading.handle(pack.id());
        if (lost.containsKey(pack.id())) {
            backend.delete(handle);
        }
        store(handle, content);
        unindexed.add(pack);
        if (unindexed.size() >= PACKS_PER_INDEX) {
            flush();
        }
    }

    void store(Handle handle, byte[] content) throws IOException {
        backend.store(handle, content);
        long size = backend.size(handle);
        if (size != content.length) {
            throw new DamagedException(
                    "%s arrived with %d bytes instead of %d".formatted(handle, size, content.length));
        }
    }

    /** Makes what was sent known. */
    void flush() throws BackendException {
        if (!unindexed.isEmpty()) {
            files.store(FileType.INDEX, IndexFile.write(unindexed));
            index.add(unindexed);
            unindexed.clear();
        }
    }

    /** A listing may lag or lack something, so each pack it lacks is asked for by name. */
    private boolean isThere(Pack pack) throws BackendException {
        try {
            return backend.size(PackReading.handle(pack.id())) == pack.size();
        } catch (BackendException e) {
            if (e.kind() == BackendException.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** An index file that cannot be read is replaced by what the packs themselves say that no other index file names. */
    private void adopt(Set<PackId> unnamed, Map<PackId, Pack> adopted) throws BackendException {
        for (PackId id : unnamed) {
            try {
                adopted.put(id, packs.describe(id, packs.load(id)));
            } catch (DamagedException e) {
                lost.put(id, new Pack(id, List.of()));
            }
        }
    }
}
