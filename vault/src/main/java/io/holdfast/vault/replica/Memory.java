package io.holdfast.vault.replica;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/** The memory that packs on their way may take together. A pack larger than all of it goes alone. */
final class Memory {

    private static final int KIB = 64 * 1024;

    private final Semaphore free = new Semaphore(KIB);

    interface Work {
        void run() throws IOException;
    }

    void during(long bytes, Work work) throws IOException {
        int kib = (int) Math.min(KIB, bytes / 1024 + 1);
        try {
            free.acquire(kib);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for memory");
        }
        try {
            work.run();
        } finally {
            free.release(kib);
        }
    }
}
