package io.holdfast.vault.snapshot;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.SnapshotId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The snapshot files of a repository. A file never changes, so each is read once. */
public final class SnapshotFiles {

    private final Backend backend;
    private final SealedFiles files;
    private final Map<SnapshotId, Snapshot> known;

    public SnapshotFiles(Backend backend, SealedFiles files) {
        this(backend, files, new ConcurrentHashMap<>());
    }

    /** @param known what was read before; it is kept up to date */
    public SnapshotFiles(Backend backend, SealedFiles files, Map<SnapshotId, Snapshot> known) {
        this.backend = backend;
        this.files = files;
        this.known = known;
    }

    public static Handle handle(SnapshotId id) {
        return new Handle(FileType.SNAPSHOT, id.toString());
    }

    public List<SnapshotId> ids() throws BackendException {
        List<SnapshotId> ids = new ArrayList<>();
        for (Backend.Entry entry : backend.list(FileType.SNAPSHOT)) {
            ids.add(SnapshotId.parse(entry.handle().name()));
        }
        known.keySet().retainAll(Set.copyOf(ids));
        return ids;
    }

    /** Every snapshot, newest first; an unreadable one is an exception that names its file. */
    public List<Snapshot> all() throws BackendException, DamagedException {
        List<Snapshot> snapshots = new ArrayList<>();
        for (SnapshotId id : ids()) {
            snapshots.add(load(id));
        }
        snapshots.sort(Comparator.comparing(Snapshot::time).reversed().thenComparing(Snapshot::id));
        return snapshots;
    }

    public Snapshot load(SnapshotId id) throws BackendException, DamagedException {
        Snapshot cached = known.get(id);
        if (cached != null) {
            return cached;
        }
        Handle handle = handle(id);
        try {
            Snapshot snapshot = SnapshotJson.read(id, files.load(handle));
            known.put(id, snapshot);
            return snapshot;
        } catch (DamagedException e) {
            throw new DamagedException("snapshot file %s cannot be read: %s".formatted(handle, e.getMessage()), e);
        }
    }

    /** The JSON of a snapshot file. */
    public byte[] json(SnapshotId id) throws BackendException, DamagedException {
        return files.load(handle(id));
    }

    /** Stores a snapshot's JSON as a file of its own. That it is visible then is never told as a failure. */
    public Snapshot storeJson(byte[] json) throws BackendException, DamagedException {
        SnapshotId id = SnapshotId.parse(files.store(FileType.SNAPSHOT, json).name());
        Snapshot snapshot = SnapshotJson.read(id, json);
        known.put(id, snapshot);
        return snapshot;
    }

    public void delete(SnapshotId id) throws BackendException {
        backend.delete(handle(id));
        known.remove(id);
    }

    /** Stores the snapshot and gives it back with its id. This is the commit: from here on the backup is visible. */
    public Snapshot store(Snapshot draft, long uid, long gid) throws BackendException, DamagedException {
        return storeJson(SnapshotJson.write(draft, uid, gid));
    }
}
