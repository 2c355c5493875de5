package io.holdfast.monitor;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The words of messages to operators: one line each for what is wrong, what is safe and what to do. */
final class Say {

    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Say() {}

    static String message(String what, String safe, String remedy) {
        return what + "\nSafe: " + safe + "\nTo do: " + remedy;
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String duration(Duration duration) {
        if (duration.toDays() >= 2) {
            return duration.toDays() + " days"
                    + (duration.toHoursPart() == 0 ? "" : " " + duration.toHoursPart() + " h");
        }
        if (duration.toHours() >= 1) {
            return duration.toHours()
                    + " h"
                    + (duration.toMinutesPart() == 0 ? "" : " " + duration.toMinutesPart() + " min");
        }
        return duration.toMinutes() >= 1 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }

    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1000) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
