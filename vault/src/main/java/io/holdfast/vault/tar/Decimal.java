package io.holdfast.vault.tar;

import io.holdfast.vault.json.GoTime;
import java.time.Instant;

/** Numbers of extended headers. */
final class Decimal {

    private static final int NANO_DIGITS = 9;

    private Decimal() {}

    /** A whole number that is not negative. */
    static long number(String text, String what) throws TarFormatException {
        if (!text.matches("\\d{1,18}")) {
            throw new TarFormatException("%s is no number that can be: '%.40s'".formatted(what, text));
        }
        return Long.parseLong(text);
    }

    /** Seconds since 1970 with a fraction. */
    static Instant time(String text, String what) throws TarFormatException {
        if (text.length() > 64 || !text.matches("-?\\d{1,15}(\\.\\d*)?")) {
            throw new TarFormatException("%s is no time that can be: '%.40s'".formatted(what, text));
        }
        boolean negative = text.startsWith("-");
        int point = text.indexOf('.');
        long seconds = Long.parseLong(text.substring(negative ? 1 : 0, point < 0 ? text.length() : point));
        String fraction = (point < 0 ? "" : text.substring(point + 1)) + "0".repeat(NANO_DIGITS);
        long nanos = Long.parseLong(fraction.substring(0, NANO_DIGITS));
        return GoTime.bound(negative ? Instant.ofEpochSecond(-seconds, -nanos) : Instant.ofEpochSecond(seconds, nanos));
    }
}
