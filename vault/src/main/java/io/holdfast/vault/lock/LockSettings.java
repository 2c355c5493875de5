package io.holdfast.vault.lock;

import java.time.Duration;

/**
 * How this process takes locks.
 *
 * @param settle how long a lock written at the same moment may take to become visible
 * @param retry how long to wait for others' locks to go before giving up
 * @param lockless whether readers take no lock
 */
public record LockSettings(
        LockOwner self, ProcessTable processes, Pace pace, Duration settle, Duration retry, boolean lockless) {

    /** For this process, as restic does it; conflicts are told at once. */
    public static LockSettings standard() {
        return new LockSettings(
                LockOwner.self(), ProcessTable.SYSTEM, Pace.SYSTEM, Duration.ofMillis(200), Duration.ZERO, false);
    }

    public LockSettings withPace(Pace pace) {
        return new LockSettings(self, processes, pace, settle, retry, lockless);
    }

    public LockSettings withSettle(Duration settle) {
        return new LockSettings(self, processes, pace, settle, retry, lockless);
    }

    public LockSettings withRetry(Duration retry) {
        return new LockSettings(self, processes, pace, settle, retry, lockless);
    }

    public LockSettings withLockless(boolean lockless) {
        return new LockSettings(self, processes, pace, settle, retry, lockless);
    }
}
