package io.holdfast.vault.lock;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return shared(() -> {});
    }

    /**
     * The same, and something is read in the time that it takes for other locks to show. Whoever writes one after this one
     * gives way, and one written before is found before this returns, so nobody works alone from when the reading begins.
     *
     * @param reading done anew whenever another lock was waited for: what it finds counts once this has returned
     */
    public HeldLock shared(Reading reading) throws IOException {
        return acquire(false, reading);
    }

    /** What is read while a lock becomes visible. */
    @FunctionalInterface
    public interface Reading {
        void read() throws IOException;
    }

    /** As {@link #shared}, for what only reads; null where readers take no lock. */
    public @Nullable HeldLock reading() throws IOException {
        return settings.lockless() ? null : shared();
    }

    /** The only lock there is. Fails with {@link LockedException} when another holds any. */
    public HeldLock exclusive() throws IOException {
        return acquire(true, () -> {});
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

    private HeldLock acquire(boolean exclusive, Reading reading) throws IOException {
        Duration left = settings.retry();
        Duration wait = FIRST_WAIT;
        while (true) {
            try {
                return attempt(exclusive, reading);
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

    private HeldLock attempt(boolean exclusive, Reading reading) throws IOException {
        Conflicts conflicts = new Conflicts(files, settings.pace(), exclusive);
        if (conflicts.exist()) {
            clearDead();
            conflicts.refuse();
        }
        HeldLock held = new HeldLock(files, settings, exclusive);
        try {
            held.keepFresh();
            Optional<IOException> failure = whileSettling(reading);
            conflicts.ignore(held.handle());
            conflicts.refuse();
            if (failure.isPresent()) {
                throw failure.get();
            }
            return held;
        } catch (IOException | RuntimeException | Error e) {
            held.close();
            throw e;
        }
    }

    /** Lasts as long as a lock may take to become visible. A reading's failure may be another's doing, who works alone. */
    private Optional<IOException> whileSettling(Reading reading) throws IOException {
        long written = settings.pace().nanoTime();
        Optional<IOException> failure = Optional.empty();
        try {
            reading.read();
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        Duration left = settings.settle().minusNanos(settings.pace().nanoTime() - written);
        if (left.isPositive()) {
            settings.pace().sleep(left);
        }
        return failure;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
