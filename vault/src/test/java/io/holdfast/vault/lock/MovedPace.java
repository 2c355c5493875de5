package io.holdfast.vault.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A pace that goes on only when something pauses or a test says so. */
public final class MovedPace implements Pace {

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private long nanos = 77;
    private Runnable whilePausing = () -> {};
    private final List<Duration> pauses = new ArrayList<>();

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void pause(Duration duration) {
        pauses.add(duration);
        advance(duration);
        whilePausing.run();
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
        nanos += duration.toNanos();
    }

    /** As when the machine sleeps: the monotonic clock stands still. */
    void standby(Duration duration) {
        now = now.plus(duration);
    }

    /** As when someone sets the clock. */
    public void set(Instant time) {
        now = time;
    }

    /** What others do during the next pauses. */
    void whilePausing(Runnable action) {
        whilePausing = action;
    }

    List<Duration> pauses() {
        return pauses;
    }
}
