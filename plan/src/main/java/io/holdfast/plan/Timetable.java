package io.holdfast.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The schedules of one component taken together.
 *
 * @param schedules at least one
 */
public record Timetable(List<Schedule> schedules) {

    /**
     * A run that is due.
     *
     * @param schedule the one that asks for it; where several do at the same instant, one that asks for a full run
     */
    public record Due(Instant at, Schedule schedule) {}

    public Timetable {
        schedules = Names.some("schedules", schedules);
    }

    /** The first run due after an instant. */
    public Optional<Due> nextAfter(Instant after) {
        return schedules.stream()
                .flatMap(schedule -> schedule.nextAfter(after).map(at -> new Due(at, schedule)).stream())
                .min(Comparator.comparing(Due::at)
                        .thenComparing(due -> due.schedule().kind(), Comparator.reverseOrder()));
    }

    /** The longest time between two runs by the clock on the wall: 24 hours for a daily schedule, all year round. */
    public Duration longestGap() {
        return Gaps.of(schedules).longest();
    }

    /**
     * The real time between the last run due up to an instant and the next one after it, changes of the clock included:
     * 25 hours for a daily schedule on the day the clocks are put back. Empty if one of the two does not exist.
     */
    public Optional<Duration> intervalAround(Instant around) {
        return nextAfter(around).flatMap(next -> lastUpTo(around).map(last -> Duration.between(last, next.at())));
    }

    /** The last instant due up to, and including, the given one. */
    public Optional<Instant> lastUpTo(Instant around) {
        Duration span = longestGap();
        for (int doubling = 0; doubling < 4; doubling++, span = span.multipliedBy(2)) {
            Optional<Instant> last = lastBetween(around.minus(span).minusSeconds(1), around);
            if (last.isPresent()) {
                return last;
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> lastBetween(Instant from, Instant upTo) {
        Optional<Instant> last = Optional.empty();
        Optional<Instant> next = nextAfter(from).map(Due::at);
        while (next.isPresent() && !next.get().isAfter(upTo)) {
            last = next;
            next = nextAfter(next.get()).map(Due::at);
        }
        return last;
    }
}
