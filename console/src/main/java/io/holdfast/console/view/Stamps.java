package io.holdfast.console.view;

import io.holdfast.events.RecoveryPointId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The instant inside a recovery point's id. */
final class Stamps {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final int LENGTH = "20241121T061500Z".length();

    private Stamps() {}

    static Optional<Instant> of(RecoveryPointId id, String stack) {
        int start = stack.length() + 1;
        if (!id.value().startsWith(stack + "-") || id.value().length() < start + LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(id.value().substring(start, start + LENGTH), STAMP)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
