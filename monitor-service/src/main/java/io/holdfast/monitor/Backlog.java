package io.holdfast.monitor;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether old records are still being read. What happened long ago says nothing about now until what followed is known,
 * so no alert is raised on the way; but waiting has its limit, lest a broker whose clock is slow silence the monitor.
 */
final class Backlog {

    private static final Duration OLD = Duration.ofMinutes(1);

    private final Duration patience;
    private boolean behind;
    private Instant waitingSince = Instant.MAX;

    Backlog(Duration patience) {
        this.patience = patience;
    }

    void saw(Instant recordedAt, Instant now) {
        behind |= recordedAt.isBefore(now.minus(OLD));
    }

    /** Asked at every tick: whether no old record came since the last one, or patience is at its end. */
    boolean isWorkedOff(Instant now) {
        boolean wait = behind;
        behind = false;
        if (!wait) {
            waitingSince = Instant.MAX;
            return true;
        }
        waitingSince = waitingSince.isBefore(now) ? waitingSince : now;
        return !waitingSince.plus(patience).isAfter(now);
    }
}
