package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** One recovery point of one stack: every component as one request found it. */
public record RecoveryPointId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RecoveryPointId {
        Identifiers.require("recovery point id", value);
    }

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** The scheduled recovery point of a stack for a due instant; the same for whoever computes it. */
    public static RecoveryPointId scheduled(String stack, Instant due) {
        return new RecoveryPointId(stack + "-" + STAMP.format(due));
    }

    /** A recovery point asked for by a person; the token is derived from the caller's Idempotency-Key. */
    public static RecoveryPointId onDemand(String stack, Instant asked, String token) {
        return new RecoveryPointId(stack + "-" + STAMP.format(asked) + "-" + token);
    }

    @Override
    public String toString() {
        return value;
    }
}
