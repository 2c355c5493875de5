package io.holdfast.plan;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * A cron expression as cron reads it, in local time without any time zone. Where both the day of the month and the day
 * of the week are restricted, either is enough, as in cron and unlike Spring.
 */
final class Cron {

    private static final Map<String, String> NICKNAMES = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");

    private static final LocalDate EPOCH = LocalDate.of(2024, 1, 1).with(DayOfWeek.MONDAY);

    private final List<CronExpression> alternatives;
    private final List<CronExpression> days;
    private final CronExpression times;
    private final boolean everyHour;
    private final boolean weekly;

    private Cron(String[] fields) {
        List<String> dayFields = dayFields(fields);
        alternatives = dayFields.stream()
                .map(day -> CronExpression.parse("0 %s %s %s".formatted(fields[0], fields[1], day)))
                .toList();
        days = dayFields.stream()
                .map(day -> CronExpression.parse("0 0 0 " + day))
                .toList();
        times = CronExpression.parse("0 %s %s * * *".formatted(fields[0], fields[1]));
        everyHour = fields[1].equals("*");
        weekly = fields[2].equals("*") && fields[3].equals("*");
    }

    /**
     * Reads five fields (minute, hour, day of month, month, day of week) or a nickname such as {@code @daily}.
     *
     * @throws IllegalArgumentException with an operator's text
     */
    static Cron parse(String text) {
        String[] fields = NICKNAMES.getOrDefault(text.strip(), text.strip()).split("\\s+");
        Names.require(!text.startsWith("@reboot"), "'@reboot' is not a time; write five fields or @daily");
        Names.require(
                !fields[0].startsWith("@"),
                "'%s' is not known; the nicknames are @hourly, @daily, @weekly, @monthly and @yearly",
                text);
        Names.require(
                fields.length != 6,
                "'%s' has six fields; a schedule has no seconds: minute, hour, day of month, month, day of week",
                text);
        Names.require(
                fields.length == 5,
                "'%s' has %d fields; a schedule has five: minute, hour, day of month, month, day of week",
                text,
                fields.length);
        Cron cron = build(text, fields);
        Names.require(
                cron.nextAfter(EPOCH.atStartOfDay().minusSeconds(1)) != null,
                "'%s' never comes due, there is no such day",
                text);
        return cron;
    }

    private static Cron build(String text, String[] fields) {
        try {
            return new Cron(fields);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'%s' is not a cron expression: %s".formatted(text, e.getMessage()), e);
        }
    }

    private static List<String> dayFields(String[] fields) {
        String month = fields[3];
        if (fields[2].startsWith("*") || fields[4].startsWith("*")) {
            return List.of("%s %s %s".formatted(fields[2], month, fields[4]));
        }
        return List.of("%s %s *".formatted(fields[2], month), "* %s %s".formatted(month, fields[4]));
    }

    /** The first time due after the given one; null if there is none any more. */
    @Nullable
    LocalDateTime nextAfter(LocalDateTime after) {
        LocalDateTime first = null;
        for (CronExpression alternative : alternatives) {
            LocalDateTime next = alternative.next(after);
            if (next != null && (first == null || next.isBefore(first))) {
                first = next;
            }
        }
        return first;
    }

    /** Whether it is due in every hour of its days, so that it means a rhythm rather than times of the day. */
    boolean isEveryHour() {
        return everyHour;
    }

    /** Whether its days repeat every week. */
    boolean isWeekly() {
        return weekly;
    }

    /** The minutes of a day on which it is due, from 0 to 1439. */
    BitSet minutes() {
        BitSet minutes = new BitSet(1440);
        LocalDateTime midnight = EPOCH.atStartOfDay();
        LocalDateTime time = times.next(midnight.minusSeconds(1));
        while (time != null && time.isBefore(midnight.plusDays(1))) {
            minutes.set((int) ChronoUnit.MINUTES.between(midnight, time));
            time = times.next(time);
        }
        return minutes;
    }

    /** The days on which it is due, counted from a Monday, below the given number. */
    BitSet days(int count) {
        BitSet due = daysOneByOne(weekly ? Math.min(count, 7) : count);
        for (int day = 7; weekly && day < count; day++) {
            due.set(day, due.get(day - 7));
        }
        return due;
    }

    private BitSet daysOneByOne(int count) {
        BitSet due = new BitSet(count);
        LocalDateTime end = EPOCH.plusDays(count).atStartOfDay();
        for (CronExpression expression : days) {
            LocalDateTime day = expression.next(EPOCH.atStartOfDay().minusSeconds(1));
            while (day != null && day.isBefore(end)) {
                due.set((int) ChronoUnit.DAYS.between(EPOCH, day.toLocalDate()));
                day = expression.next(day);
            }
        }
        return due;
    }
}
