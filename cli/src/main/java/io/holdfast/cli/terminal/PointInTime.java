package io.holdfast.cli.terminal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** A time as an operator writes it. */
public final class PointInTime {

    private PointInTime() {}

    /**
     * Reads {@code 2026-11-21T14:00:00Z}, {@code 2026-11-21T14:00+01:00} or, in the zone, {@code 2026-11-21 14:00}; of a
     * time that comes twice when clocks are put back, the first.
     */
    public static Optional<Instant> parse(String text, ZoneId zone) {
        String iso = text.strip().replaceFirst("(?<=\\d) (?=\\d)", "T").replaceFirst(" (?=[+-]\\d)", "");
        try {
            return Optional.of(OffsetDateTime.parse(iso).toInstant());
        } catch (DateTimeException _) {
            try {
                return Optional.of(LocalDateTime.parse(iso).atZone(zone).toInstant());
            } catch (DateTimeException _) {
                return Optional.empty();
            }
        }
    }
}
