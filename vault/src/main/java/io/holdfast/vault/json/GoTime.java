package io.holdfast.vault.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as Go writes them: RFC 3339, nanoseconds without trailing zeros, years 0 to 9999. */
public final class GoTime {

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private GoTime() {}

    public static String format(Instant time) {
        Instant bounded = bound(time);
        OffsetDateTime utc = bounded.atOffset(ZoneOffset.UTC);
        StringBuilder text = new StringBuilder("%04d-%02d-%02dT%02d:%02d:%02d"
                .formatted(
                        utc.getYear(),
                        utc.getMonthValue(),
                        utc.getDayOfMonth(),
                        utc.getHour(),
                        utc.getMinute(),
                        utc.getSecond()));
        if (utc.getNano() != 0) {
            text.append('.').append("%09d".formatted(utc.getNano()));
            while (text.charAt(text.length() - 1) == '0') {
                text.setLength(text.length() - 1);
            }
        }
        return text.append('Z').toString();
    }

    /** The nearest time that can be spelled. */
    public static Instant bound(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(LATEST) ? LATEST : time;
    }

    /** Reads a time with any offset; a malformed one is a {@link DateTimeException}. */
    public static Instant parse(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
