package io.holdfast.monitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last of one or more failures in a row.
 *
 * @param since when the first of them was recorded
 */
record Failure(String code, String message, Instant since) {

    static Failure following(@Nullable Failure before, String code, String message, Instant at) {
        return new Failure(code, message, before == null ? at : before.since());
    }
}
