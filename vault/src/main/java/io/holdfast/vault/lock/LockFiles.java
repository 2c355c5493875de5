package io.holdfast.vault.lock;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.model.DamagedException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lock files of a repository, as they are stored. */
final class LockFiles {

    private static final Logger LOG = LoggerFactory.getLogger(LockFiles.class);

    /** Locks this process holds, on any repository: never taken for those of an earlier process with its number. */
    private static final Set<Handle> HELD = ConcurrentHashMap.newKeySet();

    private final Backend backend;
    private final SealedFiles files;

    LockFiles(Backend backend, SealedFiles files) {
        this.backend = backend;
        this.files = files;
    }

    String location() {
        return backend.location();
    }

    Handle write(LockFile lock) throws BackendException {
        Handle handle = files.store(FileType.LOCK, lock.write());
        HELD.add(handle);
        return handle;
    }

    void delete(Handle handle) throws BackendException {
        HELD.remove(handle);
        backend.delete(handle);
    }

    Optional<Instant> storedAt(Handle handle) throws BackendException {
        return backend.storedAt(handle);
    }

    /** Every lock but empty files, which a writer without atomic writes has just begun. */
    Set<Handle> list() throws BackendException {
        return list(1);
    }

    /** Every file, empty ones too. */
    Set<Handle> listAll() throws BackendException {
        return list(0);
    }

    private Set<Handle> list(long least) throws BackendException {
        Set<Handle> handles = new HashSet<>();
        for (Backend.Entry entry : backend.list(FileType.LOCK)) {
            if (entry.size() >= least) {
                handles.add(entry.handle());
            }
        }
        return handles;
    }

    /** What the lock says; nothing when it has gone meanwhile. */
    Optional<LockFile> read(Handle handle) throws BackendException, DamagedException {
        try {
            return Optional.of(LockFile.read(files.load(handle)));
        } catch (BackendException e) {
            if (e.kind() == BackendException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Every lock that can be read and is not this process's own. */
    Map<Handle, LockFile> othersReadable() throws BackendException {
        Map<Handle, LockFile> locks = new LinkedHashMap<>();
        for (Handle handle : list()) {
            if (!HELD.contains(handle)) {
                try {
                    read(handle).ifPresent(lock -> locks.put(handle, lock));
                } catch (DamagedException unreadable) {
                    LOG.atWarn()
                            .addKeyValue("lock", handle)
                            .setCause(unreadable)
                            .log("lock not readable");
                }
            }
        }
        return locks;
    }
}
