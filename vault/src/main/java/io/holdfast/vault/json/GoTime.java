package io.holdfast.vault.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as Go writes them: RFC 3339, nanoseconds without trailing zeros, years 0 to 9999. */
public final class GoTime {

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final int TO_SECONDS = "2026-11-21T04:14:41".length();

    private GoTime() {}

    public static String format(Instant time) {
        return format(time, ZoneOffset.UTC);
    }

    /** With an offset of whole minutes; in UTC where the year would leave the bounds. */
    public static String format(Instant time, ZoneOffset offset) {
        Instant bounded = bound(time);
        int nanos = bounded.getNano();
        LocalDateTime local = LocalDateTime.ofEpochSecond(bounded.getEpochSecond(), nanos, offset);
        if (local.getYear() < 0 || local.getYear() > 9999) {
            return format(bounded, ZoneOffset.UTC);
        }
        StringBuilder text = new StringBuilder(TO_SECONDS + 11);
        digits(text, local.getYear(), 4);
        digits(text.append('-'), local.getMonthValue(), 2);
        digits(text.append('-'), local.getDayOfMonth(), 2);
        digits(text.append('T'), local.getHour(), 2);
        digits(text.append(':'), local.getMinute(), 2);
        digits(text.append(':'), local.getSecond(), 2);
        if (nanos != 0) {
            digits(text.append('.'), nanos, 9);
            while (text.charAt(text.length() - 1) == '0') {
                text.setLength(text.length() - 1);
            }
        }
        return text.append(offset.getId()).toString();
    }

    private static void digits(StringBuilder text, int value, int count) {
        int end = text.length() + count;
        text.setLength(end);
        int rest = value;
        for (int i = 1; i <= count; i++) {
            text.setCharAt(end - i, (char) ('0' + rest % 10));
            rest /= 10;
        }
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
        if (!text.endsWith("Z")) {
            return parseZoned(text).toInstant();
        }
        if (text.length() <= TO_SECONDS || text.charAt(10) != 'T') {
            throw new DateTimeException("no RFC 3339 time: " + text);
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        nanos(text))
                .toInstant(ZoneOffset.UTC);
    }

    /** As {@link #parse}, with the offset that it was written with. */
    public static OffsetDateTime parseZoned(String text) {
        return OffsetDateTime.parse(text);
    }

    private static int nanos(String text) {
        int end = text.length() - 1;
        if (end == TO_SECONDS) {
            return 0;
        }
        int count = end - TO_SECONDS - 1;
        if (text.charAt(TO_SECONDS) != '.' || count < 1 || count > 9) {
            throw new DateTimeException("no RFC 3339 time: " + text);
        }
        int nanos = number(text, TO_SECONDS + 1, end);
        for (int i = count; i < 9; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("no RFC 3339 time: " + text);
            }
            value = 10 * value + digit;
        }
        return value;
    }
}
