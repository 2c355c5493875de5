package io.holdfast.vault.backup;

import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory of a process's backups, on whatever repositories. Each takes a share while it lasts. One that finds others at
 * work makes do with a small share rather than wait for them, who may take hours; only when there is no room even for that
 * does it wait, in order.
 */
final class BackupMemory {

    /** Of this process. */
    static final BackupMemory PROCESS = new BackupMemory(
            Budget.of(Runtime.getRuntime().maxMemory(), Runtime.getRuntime().availableProcessors()));

    private final Budget budget;
    /** Held by the one that decides or waits next. So what is free for it does not become less. */
    private final ReentrantLock turn = new ReentrantLock(true);
    /** In MiB. */
    private final Semaphore free;

    BackupMemory(Budget budget) {
        this.budget = budget;
        free = new Semaphore(budget.size());
    }

    /** A share that was taken; closing it gives it back. */
    final class Taken implements AutoCloseable {

        private final Share share;
        private final AtomicBoolean givenBack = new AtomicBoolean();

        private Taken(Share share) {
            this.share = share;
        }

        Share share() {
            return share;
        }

        @Override
        public void close() {
            if (!givenBack.getAndSet(true)) {
                free.release(share.size());
            }
        }
    }

    Taken take() throws InterruptedIOException {
        try {
            turn.lockInterruptibly();
            try {
                int least = Share.SMALL.size();
                free.acquire(least);
                Share share = budget.next(free.availablePermits() + least);
                free.acquireUninterruptibly(share.size() - least);
                return new Taken(share);
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for another backup");
        }
    }
}
