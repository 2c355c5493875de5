package io.holdfast.vault.lock;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The locks of a repository: advisory files that other processes, restic's among them, look for. Many may hold shared
 * ones; an exclusive one stands alone.
 */
public final class Locks {

    private static final Logger LOG = LoggerFactory.getLogger(Locks.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final LockFiles files;
    private final LockSettings settings;
    private final Liveness liveness;

    public Locks(Backend backend, SealedFiles files, LockSettings settings) {
        this.files = new LockFiles(backend, files);
        this.settings = settings;
        liveness = new Liveness(settings.self(), settings.processes());
    }

    /** A lock that others may hold beside this one. Fails with {@link LockedException} when one holds an exclusive one. */
    public HeldLock shared() throws IOException {
        return acquire(false);
    }

    /** As {@link #shared}, for what only reads; null where readers take no lock. */
    public @Nullable HeldLock reading() throws IOException {
        return settings.lockless() ? null : shared();
    }

    /** The only lock there is. Fails with {@link LockedException} when another holds any. */
    public HeldLock exclusive() throws IOException {
        return acquire(true);
    }

    /** What the locks of others say, as far as they can be read. */
    public List<LockFile> others() throws BackendException {
        return List.copyOf(files.othersReadable().values());
    }

    /** Removes the locks of processes that saw the same processes as this one and have died; gives their number. */
    public int clearDead() throws BackendException {
        return remove(liveness::isProvenDead);
    }

    /** Removes the locks that nobody can hold any more, by age or because their process has gone; gives their number. */
    public int removeStale() throws BackendException {
        return remove(lock -> liveness.isStale(lock, settings.pace().now()));
    }

    /** Removes the locks of others that the caller knows to be dead; gives their number. */
    public int remove(Predicate<LockFile> dead) throws BackendException {
        int removed = 0;
        for (Map.Entry<Handle, LockFile> lock : files.othersReadable().entrySet()) {
            if (dead.test(lock.getValue())) {
                files.delete(lock.getKey());
                removed++;
            }
        }
        return removed;
    }

    /** Removes every lock, unreadable ones and those of living processes too; gives their number. */
    public int removeAll() throws BackendException {
        var all = files.listAll();
        for (Handle handle : all) {
            files.delete(handle);
        }
        return all.size();
    }

    private HeldLock acquire(boolean exclusive) throws IOException {
        Duration left = settings.retry();
        Duration wait = FIRST_WAIT;
        while (true) {
            try {
                return attempt(exclusive);
            } catch (LockedException e) {
                if (left.isZero()) {
                    throw e;
                }
                Duration pause = shorter(wait, left);
                LOG.atInfo()
                        .addKeyValue("location", files.location())
                        .addKeyValue("reason", e.getMessage())
                        .addKeyValue("patience", left)
                        .log("waiting for a lock");
                settings.pace().sleep(pause);
                left = left.minus(pause);
                wait = shorter(wait.multipliedBy(2), LONGEST_WAIT);
            }
        }
    }

    private HeldLock attempt(boolean exclusive) throws IOException {
        Conflicts conflicts = new Conflicts(files, settings.pace(), exclusive);
        if (conflicts.exist()) {
            clearDead();
            conflicts.refuse();
        }
        HeldLock held = new HeldLock(files, settings, exclusive);
        try {
            settings.pace().sleep(settings.settle());
            conflicts.ignore(held.handle());
            conflicts.refuse();
            held.keepFresh();
            return held;
        } catch (IOException | RuntimeException | Error e) {
            held.close();
            throw e;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
