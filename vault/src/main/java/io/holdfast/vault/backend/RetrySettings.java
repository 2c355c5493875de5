package io.holdfast.vault.backend;

import java.time.Duration;

/**
 * How stubbornly a call to a place is repeated.
 *
 * @param attempts how often a call is made at most, the first included
 * @param firstDelay how long to wait after the first failure, give or take a half; each further wait is twice as long
 * @param budget how long after its start a call may still be repeated
 */
public record RetrySettings(int attempts, Duration firstDelay, Duration budget) {

    /** Rides out a restart of the store, and lets a dead one be noticed within two minutes. */
    public static final RetrySettings DEFAULT = new RetrySettings(5, Duration.ofMillis(500), Duration.ofMinutes(1));

    public RetrySettings {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, was " + attempts);
        }
        if (firstDelay.toMillis() < 1 || budget.isNegative()) {
            throw new IllegalArgumentException(
                    "firstDelay must be at least 1 ms and budget not negative, were %s and %s"
                            .formatted(firstDelay, budget));
        }
    }
}
