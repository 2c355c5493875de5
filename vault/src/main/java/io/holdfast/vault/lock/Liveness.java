package io.holdfast.vault.lock;

import java.time.Duration;
import java.time.Instant;

/**
 * Judges whether the process behind a lock still runs. In containers a process number says little: two of them may share
 * a host name and not see each other. So numbers are compared only where both sides count alike.
 */
record Liveness(LockOwner self, ProcessTable processes) {

    /** A lock this old belongs to nobody: a living owner would have renewed it. */
    private static final Duration STALE = Duration.ofMinutes(30);

    /** Clocks of file times and process starts differ by ticks. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private static final long ROOT = 0;

    /** Whether anyone may remove the lock: too old, or its owner is known to be gone. */
    boolean isStale(LockFile lock, Instant now) {
        return Duration.between(lock.time(), now).compareTo(STALE) > 0 || (isComparable(lock.owner()) && isGone(lock));
    }

    /** Whether its owner certainly saw the same processes as this one does, and is gone. */
    boolean isProvenDead(LockFile lock) {
        return isInOwnNamespace(lock.owner()) && isVisible(lock.owner()) && isGone(lock);
    }

    private boolean isComparable(LockOwner owner) {
        boolean alike = owner.pidNamespace() == null
                ? owner.hostname().equals(self.hostname()) && self.isOutsideContainers()
                : isInOwnNamespace(owner);
        return alike && isVisible(owner);
    }

    private boolean isInOwnNamespace(LockOwner owner) {
        return owner.pidNamespace() != null && owner.pidNamespace().equals(self.pidNamespace());
    }

    /** Processes of other users may be hidden. */
    private boolean isVisible(LockOwner owner) {
        return self.uid() == ROOT || owner.uid() == self.uid();
    }

    /** A process that started after the lock was written has only inherited the number. */
    private boolean isGone(LockFile lock) {
        Instant started = processes.startOf(lock.owner().pid());
        return started == null || started.isAfter(lock.time().plus(SLACK));
    }
}
