package io.holdfast.scheduler;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The scheduler's patience.
 *
 * @param tick how often it looks for what is due
 * @param lease how long a site may be silent about a backup before it is asked again
 * @param startWithin how long a site may take to begin a backup before it must refuse it
 * @param deadline how long a recovery point waits for its backups, and after that for its manifest
 * @param retries how often a scheduled backup that failed is tried again; one that somebody asked for never is, because
 *     whoever asked is told at once
 * @param retryAfter the pause before it is tried again
 * @param gather how long to wait, after a component was planned or catalogued, for others to join its first run
 */
@Validated
@ConfigurationProperties("holdfast.scheduler")
record SchedulerSettings(
        @DurationMin(millis = 100) @DefaultValue("1s") Duration tick,
        @DurationMin(seconds = 1) @DefaultValue("2m") Duration lease,
        @DurationMin(seconds = 1) @DefaultValue("6h") Duration startWithin,
        @DurationMin(seconds = 1) @DefaultValue("12h") Duration deadline,
        @Min(0) @Max(10) @DefaultValue("1") int retries,
        @DurationMin(seconds = 1) @DefaultValue("5m") Duration retryAfter,
        @DurationMin(millis = 0) @DefaultValue("2s") Duration gather) {

    private static final int MOST_DOUBLINGS = 5;

    @AssertTrue(message = "tick must be at most a quarter of lease")
    boolean isTickWithinLease() {
        return tick.multipliedBy(4).compareTo(lease) <= 0;
    }

    /** Whether so long passed since the last look, or the clock went back so, that sites could not be heard. */
    boolean wasAbsent(@Nullable Instant lastLook, Instant now) {
        return lastLook == null
                || now.isBefore(lastLook)
                || lastLook.plus(lease.dividedBy(2)).isBefore(now);
    }

    /** The first request is given one lease; each that is not answered doubles the next, up to 32 leases. */
    Duration leaseOf(int attempt) {
        return lease.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
    }
}
