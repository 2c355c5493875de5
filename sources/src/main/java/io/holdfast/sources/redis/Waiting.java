package io.holdfast.sources.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Looks again and again, first soon and then more and more seldom, at most once a second. */
final class Waiting {

    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    interface Look<T> {
        Optional<T> look() throws IOException, InterruptedException;
    }

    private Waiting() {}

    /** @return empty if nothing came within the limit; it is looked once at least */
    static <T> Optional<T> atMost(Duration limit, Look<T> look) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Duration pause = FIRST; ; pause = longer(pause)) {
            Optional<T> found = look.look();
            if (found.isPresent() || System.nanoTime() - deadline > 0) {
                return found;
            }
            Thread.sleep(pause);
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }
}
