package io.holdfast.vault.lock;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.Handle;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock of this process, written anew every five minutes so that others see it is alive.
 *
 * <p>Whoever works under it asks {@link #verify} before each step that rests on it: a machine that slept, or that the
 * repository's place did not answer, may have lost the lock without noticing.
 */
public final class HeldLock implements AutoCloseable {

    static final Duration REFRESH = Duration.ofMinutes(5);

    /** Others may call a lock stale after 30 minutes; work stops well before. */
    static final Duration TRUSTED = Duration.ofSeconds(1350);

    private static final Logger LOG = LoggerFactory.getLogger(HeldLock.class);

    private final LockFiles files;
    private final LockSettings settings;
    private final boolean exclusive;
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("vault-lock-", 0).factory());
    private Handle handle;
    private Instant refreshed;
    private long refreshedNanos;
    private boolean lost;

    HeldLock(LockFiles files, LockSettings settings, boolean exclusive) throws BackendException {
        this.files = files;
        this.settings = settings;
        this.exclusive = exclusive;
        refreshed = settings.pace().now();
        refreshedNanos = settings.pace().nanoTime();
        handle = write(refreshed);
    }

    synchronized Handle handle() {
        return handle;
    }

    void keepFresh() {
        var _ = refresher.scheduleAtFixedRate(
                this::refresh, REFRESH.toSeconds(), REFRESH.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Throws when others may have taken this lock for stale: what was read under it can no longer be relied on. A lock that
     * could not be refreshed in time is still good if it can be shown to have existed throughout.
     */
    public synchronized void verify() throws IOException {
        if (refresher.isShutdown()) {
            throw new IllegalStateException("the lock has been given back");
        }
        if (!lost && isTooOld()) {
            prove();
        }
        if (lost) {
            throw new LockedException(
                    "Cannot go on at %s: the lock could not be refreshed in time and is gone, so another process may have begun to work there. Nothing became visible. Run it again."
                            .formatted(files.location()));
        }
    }

    /**
     * How far the place's own clock is ahead of this machine's, as the lock's file shows; negative when it is behind, empty
     * where the place does not tell. Clocks that differ make every age doubtful: of snapshots, of packs that wait to be
     * deleted, of locks.
     */
    public synchronized Optional<Duration> clockDifference() throws BackendException {
        return files.storedAt(handle).map(stored -> Duration.between(refreshed, stored));
    }

    synchronized void refresh() {
        if (lost || isTooOld() || refresher.isShutdown()) {
            return;
        }
        try {
            adopt(settings.pace().now());
        } catch (BackendException e) {
            LOG.atWarn().addKeyValue("lock", handle).setCause(e).log("lock not refreshed");
        }
    }

    private Handle write(Instant now) throws BackendException {
        return files.write(new LockFile(now, exclusive, settings.self()));
    }

    private void adopt(Instant now) throws BackendException {
        long nanos = settings.pace().nanoTime();
        replaceBy(write(now), now, nanos);
    }

    private void replaceBy(Handle next, Instant now, long nanos) throws BackendException {
        Handle old = handle;
        handle = next;
        refreshed = now;
        refreshedNanos = nanos;
        files.delete(old);
    }

    /** By either clock: one may have been set back, the other may have stood still while the machine slept. */
    private boolean isTooOld() {
        Pace pace = settings.pace();
        Duration wall = Duration.between(refreshed, pace.now());
        Duration monotonic = Duration.ofNanos(pace.nanoTime() - refreshedNanos);
        return wall.compareTo(TRUSTED) > 0 || monotonic.compareTo(TRUSTED) > 0;
    }

    /** The lock is still listed; a new one is written; once that is visible, the old one is still listed. */
    private void prove() throws IOException {
        try {
            if (!files.list().contains(handle)) {
                lost = true;
                return;
            }
            Instant now = settings.pace().now();
            long nanos = settings.pace().nanoTime();
            Handle next = write(now);
            if (isStillListed(next)) {
                replaceBy(next, now, nanos);
            } else {
                lost = true;
            }
        } catch (BackendException e) {
            throw new LockedException(
                    "Cannot go on at %s: the lock could not be refreshed for %s, and the place does not tell whether it is still there. Nothing became visible. Check the connection, then run it again."
                            .formatted(
                                    files.location(),
                                    Duration.between(refreshed, settings.pace().now())),
                    e);
        }
    }

    private boolean isStillListed(Handle next) throws IOException {
        boolean listed = false;
        try {
            settings.pace().sleep(settings.settle());
            listed = files.list().contains(handle);
        } finally {
            if (!listed) {
                remove(next);
            }
        }
        return listed;
    }

    /** Removes the lock, also when the thread has been interrupted: it must not stay behind. */
    @Override
    public void close() {
        refresher.shutdown();
        boolean interrupted = Thread.interrupted();
        synchronized (this) {
            remove(handle);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove(Handle lock) {
        try {
            files.delete(lock);
        } catch (BackendException e) {
            LOG.atWarn().addKeyValue("lock", lock).setCause(e).log("lock not removed");
        }
    }
}
