package io.holdfast.vault.lock;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lock of this process, written anew every five minutes so that others see it is alive. */
public final class HeldLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeldLock.class);
    private static final Duration REFRESH = Duration.ofMinutes(5);
    /** Others may call a lock stale after 30 minutes; work stops well before. */
    private static final Duration TRUSTED = Duration.ofSeconds(1350);

    private final Locks locks;
    private final boolean exclusive;
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("vault-lock-", 0).factory());
    private Handle handle;
    private Instant refreshed;

    HeldLock(Locks locks, boolean exclusive) throws BackendException {
        this.locks = locks;
        this.exclusive = exclusive;
        refreshed = Instant.now();
        handle = locks.write(exclusive, refreshed);
    }

    synchronized Handle handle() {
        return handle;
    }

    void keepFresh() {
        var _ = refresher.scheduleAtFixedRate(
                this::refresh, REFRESH.toSeconds(), REFRESH.toSeconds(), TimeUnit.SECONDS);
    }

    /** Throws when others may have taken this lock for stale: what was read under it can no longer be relied on. */
    public synchronized void verify() throws LockedException {
        if (Duration.between(refreshed, Instant.now()).compareTo(TRUSTED) > 0) {
            throw new LockedException(
                    "Cannot go on: the lock could not be refreshed for %s. Nothing became visible. Check the connection to the repository, then run it again."
                            .formatted(Duration.between(refreshed, Instant.now())));
        }
    }

    private synchronized void refresh() {
        if (refresher.isShutdown()) {
            return;
        }
        try {
            Instant now = Instant.now();
            Handle next = locks.write(exclusive, now);
            Handle old = handle;
            handle = next;
            refreshed = now;
            locks.delete(old);
        } catch (BackendException e) {
            LOG.atWarn().addKeyValue("lock", handle).setCause(e).log("lock not refreshed");
        }
    }

    @Override
    public synchronized void close() {
        refresher.shutdownNow();
        try {
            locks.delete(handle);
        } catch (BackendException e) {
            LOG.atWarn().addKeyValue("lock", handle).setCause(e).log("lock not removed");
        }
    }
}
