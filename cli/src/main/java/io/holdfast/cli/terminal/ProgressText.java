package io.holdfast.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/**
 * How far work is.
 *
 * @param what the work in a word: {@code Backing up}
 * @param bytesAhead 0 while it is not known
 */
public record ProgressText(String what, long files, long bytes, long filesAhead, long bytesAhead) {

    private static final int BAR = 14;
    private static final int COLUMNS = 79;
    private static final int SPARKS = 4;
    /** Before that, a rate says nothing. */
    private static final Duration WARM = Duration.ofSeconds(2);

    /** Of work of which nothing more is known. */
    public static ProgressText of(String what) {
        return new ProgressText(what, 0, 0, 0, 0);
    }

    /** One line of less than 80 columns. */
    public String line(Duration elapsed) {
        String line = bytesAhead > 0 ? measured(elapsed) : unmeasured(elapsed);
        return line.substring(0, Math.min(COLUMNS, line.length()));
    }

    private String measured(Duration elapsed) {
        double part = Math.min(1, (double) bytes / bytesAhead);
        int full = (int) (part * BAR);
        String bar = "=".repeat(full) + (full < BAR ? ">" + " ".repeat(BAR - full - 1) : "");
        return "%s [%s] %3d%%  %s of %s%s"
                .formatted(
                        what,
                        bar,
                        (int) (part * 100),
                        Text.size(Math.min(bytes, bytesAhead)),
                        Text.size(bytesAhead),
                        rate(elapsed));
    }

    private String rate(Duration elapsed) {
        if (elapsed.compareTo(WARM) < 0 || bytes == 0) {
            return "";
        }
        double perMilli = (double) bytes / elapsed.toMillis();
        Duration left = Duration.ofMillis((long) (Math.max(0, bytesAhead - bytes) / perMilli));
        return "  %s/s  %s left".formatted(Text.size((long) (perMilli * 1000)), Text.duration(left));
    }

    private String unmeasured(Duration elapsed) {
        int at = (int) (elapsed.toMillis() / 100 % (BAR - SPARKS));
        String bar = " ".repeat(at) + "=".repeat(SPARKS) + " ".repeat(BAR - SPARKS - at);
        String done = files == 0 ? "" : "  %s".formatted(Text.counted(files, "file"));
        return String.format(Locale.ROOT, "%s [%s]%s  %s", what, bar, done, Text.duration(elapsed));
    }
}
