package io.holdfast.sources.backupapi;

import java.time.Duration;

/** A time limit that runs from when it was set, whatever the clock on the wall does. */
final class Deadline {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final long start = System.nanoTime();
    private final Duration limit;
    private Duration pause;

    Deadline(Duration limit) {
        this.limit = limit;
        this.pause = shorter(Duration.ofMillis(100), limit.dividedBy(20));
    }

    Duration left() {
        return limit.minusNanos(System.nanoTime() - start);
    }

    boolean hasPassed() {
        return !left().isPositive();
    }

    /** Waits a little, longer each time, but no longer than there is time. */
    void pause() throws InterruptedException {
        Duration left = left();
        if (left.isPositive()) {
            Thread.sleep(shorter(pause, left));
        }
        pause = shorter(pause.multipliedBy(3).dividedBy(2), LONGEST_PAUSE);
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
