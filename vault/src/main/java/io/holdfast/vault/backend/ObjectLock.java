package io.holdfast.vault.backend;

import java.time.Duration;

/**
 * How each file but locks is kept from deletion in a bucket made with object lock.
 *
 * @param duration from the moment the file is stored, or its retention is extended
 */
public record ObjectLock(Mode mode, Duration duration) {

    /** Who may end it early. */
    public enum Mode {
        /** An account with the permission to bypass governance. */
        GOVERNANCE,
        /** Nobody. */
        COMPLIANCE
    }

    public ObjectLock {
        if (duration.toSeconds() < 1) {
            throw new IllegalArgumentException("duration must be at least a second, was " + duration);
        }
    }
}
