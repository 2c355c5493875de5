package io.holdfast.scheduler;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

final class Instants {

    private Instants() {}

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    static Instant later(@Nullable Instant one, Instant other) {
        return one != null && one.isAfter(other) ? one : other;
    }
}
