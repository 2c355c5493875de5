package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One recovery point of one stack: every component as one request found it. */
public record RecoveryPointId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RecoveryPointId {
        Identifiers.require("recovery point id", value);
    }

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern STAMPED = Pattern.compile(".+-(\\d{8}T\\d{6}Z)(?:-.+)?");

    /** The scheduled recovery point of a stack for a due instant; the same for whoever computes it. */
    public static RecoveryPointId scheduled(String stack, Instant due) {
        return new RecoveryPointId(stack + "-" + STAMP.format(due));
    }

    /** A recovery point asked for by a person; the token is derived from the caller's Idempotency-Key. */
    public static RecoveryPointId onDemand(String stack, Instant asked, String token) {
        return new RecoveryPointId(stack + "-" + STAMP.format(asked) + "-" + token);
    }

    /** The instant that the id was made for, as both makers above write it; empty for ids made otherwise. */
    public Optional<Instant> stamp() {
        Matcher stamped = STAMPED.matcher(value);
        if (!stamped.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(STAMP.parse(stamped.group(1), Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
