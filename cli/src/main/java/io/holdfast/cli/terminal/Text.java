package io.holdfast.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as people read them. */
public final class Text {

    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);
    private static final String NONE = "-";

    private Text() {}

    /** {@code 1.5 KiB}, with one decimal from a KiB on. */
    public static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1023.95) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** The time in a zone, with its offset. */
    public static String time(@Nullable Instant at, ZoneId zone) {
        return at == null ? NONE : TIME.format(at.atZone(zone));
    }

    /** {@code 1:05} or {@code 2:00:09}. */
    public static String duration(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** {@code 1 file} or {@code 2 files}. */
    public static String counted(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    /** The text, or a dash where there is none. */
    public static String orNone(@Nullable String text) {
        return text == null || text.isEmpty() ? NONE : text;
    }

    /** A console's word for it, as people write it. */
    public static String consistency(@Nullable String word) {
        return word == null ? NONE : word.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The beginning of a snapshot's id. */
    public static String shortId(@Nullable String id) {
        return id == null ? NONE : id.substring(0, Math.min(8, id.length()));
    }

    /** Without what could drive a terminal: names in snapshots and topics come from anywhere. */
    public static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(each -> shown.appendCodePoint(
                        Character.isISOControl(each) || Character.getType(each) == Character.FORMAT ? '\ufffd' : each));
        return shown.toString();
    }

    /** As one word of a shell's command line. */
    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9@%+=:,./_-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
