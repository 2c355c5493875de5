package io.holdfast.vault.retention;

import java.time.OffsetDateTime;
import java.time.temporal.IsoFields;

/** A stretch of the calendar, of which one snapshot is kept. */
public enum Period {
    HOURLY,
    DAILY,
    /** ISO weeks, which begin on Monday. */
    WEEKLY,
    MONTHLY,
    YEARLY;

    public String word() {
        return switch (this) {
            case HOURLY -> "hourly";
            case DAILY -> "daily";
            case WEEKLY -> "weekly";
            case MONTHLY -> "monthly";
            case YEARLY -> "yearly";
        };
    }

    /** Equal for two times only if both lie in the same stretch, each by its own clock. */
    long bucket(OffsetDateTime time) {
        long year = time.getYear();
        return switch (this) {
            case HOURLY -> (year * 1000 + time.getDayOfYear()) * 100 + time.getHour();
            case DAILY -> year * 1000 + time.getDayOfYear();
            case WEEKLY -> time.get(IsoFields.WEEK_BASED_YEAR) * 100L + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case MONTHLY -> year * 100 + time.getMonthValue();
            case YEARLY -> year;
        };
    }
}
