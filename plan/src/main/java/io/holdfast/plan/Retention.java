package io.holdfast.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which snapshots are kept: every one that at least one of the rules wants. The counts are of the newest snapshots, of
 * the last one in each of the newest hours, days, weeks, months or years that hold one; 0 is no rule.
 *
 * @param within keeps everything younger than this; null is no rule
 */
public record Retention(
        int last,
        int hourly,
        int daily,
        int weekly,
        int monthly,
        int yearly,
        @Nullable Duration within) {

    public Retention {
        Names.require(
                Math.min(Math.min(Math.min(last, hourly), Math.min(daily, weekly)), Math.min(monthly, yearly)) >= 0,
                "a count of snapshots must not be negative");
        Names.require(within == null || within.isPositive(), "within must be positive, was %s", within);
        Names.require(
                within != null || last + hourly + daily + weekly + monthly + yearly > 0,
                "a retention without any rule would keep nothing");
    }

    public static Retention within(Duration age) {
        return new Retention(0, 0, 0, 0, 0, 0, age);
    }

    public static Retention last(int count) {
        return new Retention(count, 0, 0, 0, 0, 0, null);
    }
}
