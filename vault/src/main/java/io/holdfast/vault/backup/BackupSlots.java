package io.holdfast.vault.backup;

import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/**
 * How many backups run at once in this process, on whatever repositories: as many as its heap has room for the buffers of.
 * Others wait for their turn, in order.
 */
final class BackupSlots {

    /** Packs being collected, finished and stored take up to this much memory. */
    private static final long PACKS = 128L << 20;

    /** A thread takes up to this much memory, for a chunk and for what becomes of it. */
    private static final long THREAD = 60L << 20;

    /** What the process does meanwhile takes up to this much: copies packs to regions, restores. */
    private static final long REST = 128L << 20;

    private static final long HEAP = Runtime.getRuntime().maxMemory();

    /** How many files one backup reads at once: half of the heap is theirs. */
    static final int THREADS =
            Math.clamp(HEAP / (2 * THREAD), 1, Runtime.getRuntime().availableProcessors());

    private static final Semaphore FREE =
            new Semaphore(Math.clamp(HEAP / (PACKS + THREADS * THREAD + REST), 1, 16), true);

    /** One backup's turn. */
    interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    private BackupSlots() {}

    static Slot acquire() throws InterruptedIOException {
        try {
            FREE.acquire();
            return FREE::release;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for another backup");
        }
    }
}
