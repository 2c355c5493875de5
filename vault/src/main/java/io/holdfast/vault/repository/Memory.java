package io.holdfast.vault.repository;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/** The memory that packs on their way may take together. A pack larger than all of it goes alone. */
public final class Memory {

    private final int kib;
    private final Semaphore free;

    public Memory(int mib) {
        kib = mib * 1024;
        free = new Semaphore(kib);
    }

    /** What is done within it. */
    public interface Work {
        void run() throws IOException;
    }

    /** Waits until there is room for so many bytes. */
    public void during(long bytes, Work work) throws IOException {
        int needed = (int) Math.min(kib, bytes / 1024 + 1);
        try {
            free.acquire(needed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for memory");
        }
        try {
            work.run();
        } finally {
            free.release(needed);
        }
    }
}
