package io.holdfast.vault.retention;

import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A length of time as people give it, {@code 1y5m7d2h}: months are as long as the calendar's. */
public record Span(int years, int months, int days, int hours) {

    private static final Pattern TEXT =
            Pattern.compile("(?:(\\d{1,4})y)?(?:(\\d{1,5})m)?(?:(\\d{1,6})d)?(?:(\\d{1,7})h)?");

    public Span {
        if (years < 0 || months < 0 || days < 0 || hours < 0) {
            throw new IllegalArgumentException("a span is not negative");
        }
    }

    /** Reads {@code 1y5m7d2h}, each part at most once and in this order. */
    public static Span parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no span of time: give years, months, days and hours as in 1y5m7d2h".formatted(text));
        }
        return new Span(number(parts.group(1)), number(parts.group(2)), number(parts.group(3)), number(parts.group(4)));
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    public boolean isZero() {
        return years == 0 && months == 0 && days == 0 && hours == 0;
    }

    /** The time this long before; the 31st of a month that has only 30 days is the 1st of the next. */
    OffsetDateTime before(OffsetDateTime time) {
        YearMonth month = YearMonth.from(time).minusYears(years).minusMonths(months);
        return month.atDay(1)
                .plusDays(time.getDayOfMonth() - 1L - days)
                .atTime(time.toOffsetTime())
                .minusHours(hours);
    }

    @Override
    public String toString() {
        return part(years, 'y') + part(months, 'm') + part(days, 'd') + part(hours, 'h');
    }

    private static String part(int number, char unit) {
        return number == 0 ? "" : number + String.valueOf(unit);
    }
}
