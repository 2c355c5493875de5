package io.holdfast.plan;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * When something is due: a cron expression in the local time of a zone. Pure: it has no clock.
 *
 * <p>When clocks are put forward, what falls into the missing time is due once, at its end. When they are put back, a
 * time that comes twice is due once, the first time; a schedule whose hour is {@code *} means a rhythm and is due both
 * times, as otherwise it would pause for an hour. No day is ever skipped.
 */
public final class Schedule {

    static final Duration MAX_JITTER = Duration.ofDays(1);

    private final String expression;
    private final ZoneId zone;
    private final RunKind kind;
    private final Duration jitter;
    private final Cron cron;

    private Schedule(String expression, ZoneId zone, RunKind kind, Duration jitter, Cron cron) {
        Names.require(
                !jitter.isNegative() && jitter.compareTo(MAX_JITTER) <= 0,
                "jitter must lie between 0 and a day, was %s",
                jitter);
        this.expression = expression;
        this.zone = zone;
        this.kind = kind;
        this.jitter = jitter;
        this.cron = cron;
    }

    /**
     * Reads a schedule.
     *
     * @param expression five fields, or {@code @daily} and its kin
     * @param jitter the longest that a run is put off, so that not all start in the same second
     * @throws IllegalArgumentException if the expression is none, with an operator's text
     */
    public static Schedule of(String expression, ZoneId zone, RunKind kind, Duration jitter) {
        return new Schedule(expression, zone, kind, jitter, Cron.parse(expression));
    }

    /** As {@link #of(String, ZoneId, RunKind, Duration)}, with the zone's name as events carry it. */
    public static Schedule of(String expression, String zone, RunKind kind, Duration jitter) {
        try {
            return of(expression, ZoneId.of(zone), kind, jitter);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'%s' is not a time zone".formatted(zone), e);
        }
    }

    /** As it was written. */
    public String expression() {
        return expression;
    }

    public ZoneId zone() {
        return zone;
    }

    public RunKind kind() {
        return kind;
    }

    public Duration jitter() {
        return jitter;
    }

    Cron cron() {
        return cron;
    }

    /** The same schedule in another zone. */
    public Schedule in(ZoneId other) {
        return new Schedule(expression, other, kind, jitter, cron);
    }

    Schedule of(RunKind other) {
        return new Schedule(expression, zone, other, jitter, cron);
    }

    Schedule withJitter(Duration other) {
        return new Schedule(expression, zone, kind, other, cron);
    }

    /** The first instant due after the given one. It identifies the run; jitter does not move it. */
    public Optional<Instant> nextAfter(Instant after) {
        return cron.isEveryHour()
                ? LocalRuns.everyPassAfter(cron, zone.getRules(), after)
                : LocalRuns.firstPassAfter(cron, zone.getRules(), after);
    }

    /** The longest time between two runs by the clock on the wall: 24 hours for a daily schedule, all year round. */
    public Duration longestGap() {
        return Gaps.of(List.of(this)).longest();
    }

    /** When the run due at an instant is to start: the same for everyone who asks, and less than the jitter later. */
    public Instant startOf(String component, Instant due) {
        if (jitter.isZero()) {
            return due;
        }
        CRC32 hash = new CRC32();
        hash.update((component + '@' + due).getBytes(StandardCharsets.UTF_8));
        return due.plusMillis((hash.getValue() * jitter.toMillis()) >>> 32);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule that
                && expression.equals(that.expression)
                && zone.equals(that.zone)
                && kind == that.kind
                && jitter.equals(that.jitter);
    }

    @Override
    public int hashCode() {
        return expression.hashCode() * 31 + zone.hashCode();
    }

    @Override
    public String toString() {
        return "%s %s %s".formatted(expression, zone, kind);
    }
}
