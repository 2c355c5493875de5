package io.holdfast.plan;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as plans write them: {@code 30m}, {@code 25h}, {@code 90d}, {@code 1h30m}. */
final class Durations {

    private static final Pattern PART = Pattern.compile("(\\d{1,9})(s|m|h|d|w)");
    private static final Pattern WHOLE = Pattern.compile("(" + PART + ")+");
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private Durations() {}

    /** Always positive. */
    static Duration parse(String text) {
        Names.require(WHOLE.matcher(text).matches(), "'%s' is not a length of time", Values.shown(text));
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
        }
        Names.require(sum.isPositive(), "'%s' is no time at all", text);
        Names.require(sum.compareTo(LONGEST) <= 0, "'%s' is longer than a hundred years", text);
        return sum;
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }

    /** As a plan would write it, in hours up to two days: {@code 25h}, {@code 7d}, {@code 1h30m}. */
    static String format(Duration duration) {
        long days = duration.toDays() > 2 ? duration.toDays() : 0;
        Duration rest = duration.minusDays(days);
        String text = part(days, "d")
                + part(rest.toHours(), "h")
                + part(rest.toMinutesPart(), "m")
                + part(rest.toSecondsPart(), "s");
        return text.isEmpty() ? "0s" : text;
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }
}
