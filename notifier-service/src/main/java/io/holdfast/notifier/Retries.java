package io.holdfast.notifier;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/** When something that failed is due again: after pauses that double up to a longest one. */
final class Retries {

    private final ExponentialBackOff pauses;
    private final Map<String, Pause> failed = new HashMap<>();

    Retries(Duration first, Duration longest) {
        pauses = new ExponentialBackOff(first.toMillis(), 2);
        pauses.setMaxInterval(longest.toMillis());
    }

    boolean isDue(String what, Instant now) {
        Pause pause = failed.get(what);
        return pause == null || !pause.until().isAfter(now);
    }

    void failed(String what, Instant now) {
        Pause before = failed.get(what);
        BackOffExecution execution = before == null ? pauses.start() : before.execution();
        failed.put(what, new Pause(execution, now.plusMillis(execution.nextBackOff())));
    }

    void succeeded(String what) {
        failed.remove(what);
    }

    void reset() {
        failed.clear();
    }

    private record Pause(BackOffExecution execution, Instant until) {}
}
