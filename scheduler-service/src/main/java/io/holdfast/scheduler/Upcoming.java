package io.holdfast.scheduler;

import java.time.Instant;

/**
 * The next run of a component.
 *
 * @param due what identifies the run
 * @param start when it begins: {@code due} and the jitter
 * @param first whether it stands for no schedule: what a component captures and no backup holds yet is backed up at once
 */
record Upcoming(Instant due, Instant start, boolean first) {

    static Upcoming atOnce(Instant now) {
        return new Upcoming(now, now, true);
    }
}
