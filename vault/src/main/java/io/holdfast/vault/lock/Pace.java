package io.holdfast.vault.lock;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;

/** What time it is, and waiting for it to pass. Tests move it. */
public interface Pace {

    Pace SYSTEM = new Pace() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    };

    /** The wall clock, which goes on while the machine sleeps, and may be set. */
    Instant now();

    /** The monotonic clock, which nobody sets, and which may stand still while the machine sleeps. */
    long nanoTime();

    void pause(Duration duration) throws InterruptedException;

    /** Pauses; an interruption is remembered by the thread, and an {@link InterruptedIOException}. */
    default void sleep(Duration duration) throws InterruptedIOException {
        try {
            pause(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a lock");
        }
    }
}
