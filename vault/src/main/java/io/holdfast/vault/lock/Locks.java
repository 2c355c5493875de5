package io.holdfast.vault.lock;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.model.DamagedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The locks of a repository: advisory files that other processes, restic's among them, look for. Many may hold shared
 * ones; an exclusive one stands alone.
 */
public final class Locks {

    /** Long enough for a lock written at the same moment to become visible. */
    public static final Duration SETTLE = Duration.ofMillis(200);

    /** Locks this process holds, on any repository: never taken for those of an earlier process with its number. */
    static final Set<Handle> HELD = ConcurrentHashMap.newKeySet();

    private final Backend backend;
    private final SealedFiles files;
    private final Duration settle;

    public Locks(Backend backend, SealedFiles files, Duration settle) {
        this.backend = backend;
        this.files = files;
        this.settle = settle;
    }

    public HeldLock shared() throws IOException {
        return acquire(false);
    }

    public HeldLock exclusive() throws IOException {
        return acquire(true);
    }

    private HeldLock acquire(boolean exclusive) throws IOException {
        if (conflict(exclusive, Set.of()).isPresent()) {
            clearDead();
            refuseConflicts(exclusive, Set.of());
        }
        HeldLock held = new HeldLock(this, exclusive);
        try {
            Thread.sleep(settle);
            refuseConflicts(exclusive, Set.of(held.handle()));
            held.keepFresh();
            return held;
        } catch (IOException | RuntimeException e) {
            held.close();
            throw e;
        } catch (InterruptedException e) {
            held.close();
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while waiting for a lock");
        }
    }

    Handle write(boolean exclusive, Instant now) throws BackendException {
        Handle handle = files.store(FileType.LOCK, LockFile.own(exclusive, now).write());
        HELD.add(handle);
        return handle;
    }

    void delete(Handle handle) throws BackendException {
        backend.delete(handle);
        HELD.remove(handle);
    }

    /** Removes the locks that processes of this host and user left when they died. */
    public int clearDead() throws IOException {
        int cleared = 0;
        for (var entry : all().entrySet()) {
            if (!HELD.contains(entry.getKey()) && entry.getValue().isOfOwnDeadProcess()) {
                backend.delete(entry.getKey());
                cleared++;
            }
        }
        return cleared;
    }

    private void refuseConflicts(boolean exclusive, Set<Handle> own) throws IOException {
        Optional<LockFile> other = conflict(exclusive, own);
        if (other.isPresent()) {
            throw new LockedException(
                    "Cannot work on the repository at %s: it is locked %s by %s. Nothing was changed. Wait for that process; if it is known to be dead, remove its lock with 'restic unlock'."
                            .formatted(
                                    backend.location(),
                                    other.get().exclusive() ? "exclusively" : "for shared use",
                                    other.get().describe(Instant.now())));
        }
    }

    private Optional<LockFile> conflict(boolean exclusive, Set<Handle> own) throws IOException {
        return all().entrySet().stream()
                .filter(entry -> !own.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(lock -> lock.conflictsWith(exclusive))
                .findFirst();
    }

    private Map<Handle, LockFile> all() throws IOException {
        Map<Handle, LockFile> locks = new LinkedHashMap<>();
        for (Backend.Entry entry : backend.list(FileType.LOCK)) {
            if (entry.size() > 0) {
                try {
                    locks.put(entry.handle(), LockFile.read(files.load(entry.handle())));
                } catch (BackendException e) {
                    if (e.kind() != BackendException.Kind.NOT_FOUND) {
                        throw e;
                    }
                } catch (DamagedException e) {
                    throw new LockedException(
                            "Cannot work on the repository at %s: lock %s cannot be read, so nobody knows who holds it. Nothing was changed. If nothing else uses the repository, remove that file."
                                    .formatted(backend.location(), entry.handle()),
                            e);
                }
            }
        }
        return locks;
    }
}
