package io.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    private static Schedule schedule(String cron, String zone) {
        return Schedule.of(cron, zone, RunKind.INCREMENTAL, Duration.ZERO);
    }

    private static List<String> runs(Schedule schedule, String after, int count) {
        List<String> runs = new ArrayList<>();
        Instant at = Instant.parse(after);
        for (int run = 0; run < count; run++) {
            at = schedule.nextAfter(at).orElseThrow();
            runs.add(at.toString());
        }
        return runs;
    }

    @Test
    void runsOnceAtTheEndOfTheMissingHour() {
        assertThat(runs(schedule("30 2 * * *", "Europe/Berlin"), "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void runsOnceInTheDoubledHour() {
        assertThat(runs(schedule("30 2 * * *", "Europe/Berlin"), "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void keepsAnHourlyRhythmThroughTheDoubledHour() {
        assertThat(runs(schedule("0 * * * *", "Europe/Berlin"), "2026-10-24T23:30:00Z", 3))
                .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
    }

    @Test
    void skipsNoDayWhoseMidnightIsMissing() {
        assertThat(runs(schedule("0 0 * * *", "America/Sao_Paulo"), "2017-10-14T12:00:00Z", 2))
                .containsExactly("2017-10-15T03:00:00Z", "2017-10-16T02:00:00Z");
        assertThat(runs(schedule("@daily", "Africa/Cairo"), "2025-04-24T12:00:00Z", 2))
                .containsExactly("2025-04-24T22:00:00Z", "2025-04-25T21:00:00Z");
    }

    @Test
    void readsDaysOfMonthAndOfWeekAsCronDoes() {
        assertThat(runs(schedule("0 4 13 * 5", "UTC"), "2026-11-01T00:00:00Z", 4))
                .containsExactly(
                        "2026-11-06T04:00:00Z", "2026-11-13T04:00:00Z", "2026-11-20T04:00:00Z", "2026-11-27T04:00:00Z");
        assertThat(runs(schedule("0 4 13 * 5", "UTC"), "2026-12-12T00:00:00Z", 1))
                .containsExactly("2026-12-13T04:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "0 2 * * *, PT24H",
        "@hourly, PT1H",
        "* * * * *, PT1M",
        "0 */6 * * *, PT6H",
        "0 9-17 * * *, PT16H",
        "0 3 * * 0, PT168H",
        "0 3 * * 7, PT168H",
        "0 2 * * 1-5, PT72H",
        "0 4 1 * *, PT744H",
        "0 4 29 2 *, PT35064H",
        "0 0 1 1 *, PT8784H",
    })
    void knowsItsLongestGap(String cron, Duration gap) {
        assertThat(schedule(cron, "Europe/Berlin").longestGap()).isEqualTo(gap);
    }

    @Test
    void takesSchedulesTogether() {
        Timetable timetable = new Timetable(List.of(
                schedule("0 6 * * *", "UTC"),
                Schedule.of("0 */6 * * *", "UTC", RunKind.FULL, Duration.ZERO),
                schedule("0 3 * * *", "UTC")));
        assertThat(timetable.longestGap()).isEqualTo(Duration.ofHours(6));
        assertThat(timetable.nextAfter(Instant.parse("2026-01-01T05:00:00Z")).orElseThrow())
                .satisfies(due -> {
                    assertThat(due.at()).isEqualTo("2026-01-01T06:00:00Z");
                    assertThat(due.schedule().kind()).isEqualTo(RunKind.FULL);
                });
    }

    @Test
    void knowsTheRealIntervalOnTheDayTheClocksAreChanged() {
        Timetable daily = new Timetable(List.of(schedule("0 2 * * *", "Europe/Berlin")));
        assertThat(daily.intervalAround(Instant.parse("2026-07-01T12:00:00Z"))).contains(Duration.ofHours(24));
        assertThat(daily.intervalAround(Instant.parse("2026-10-25T12:00:00Z"))).contains(Duration.ofHours(25));
        assertThat(daily.intervalAround(Instant.parse("2026-03-28T12:00:00Z"))).contains(Duration.ofHours(24));
        assertThat(daily.lastUpTo(Instant.parse("2026-07-01T00:00:00Z")))
                .contains(Instant.parse("2026-07-01T00:00:00Z"));
    }

    @Test
    void startsEveryRunAtTheSameTimeForEveryoneWhoAsks() {
        Schedule schedule = Schedule.of("0 2 * * *", "UTC", RunKind.FULL, Duration.ofMinutes(10));
        Instant due = Instant.parse("2026-01-01T02:00:00Z");
        Instant start = schedule.startOf("shop/documents", due);
        assertThat(start).isEqualTo(schedule.startOf("shop/documents", due)).isBetween(due, due.plusSeconds(599));
        assertThat(start).isNotEqualTo(schedule.startOf("shop/orders", due));
        assertThat(schedule("0 2 * * *", "UTC").startOf("shop/documents", due)).isEqualTo(due);
    }

    @Test
    void refusesAZoneThatDoesNotExist() {
        assertThatThrownBy(() -> schedule("@daily", "Mars/Olympus"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Mars/Olympus");
    }
}
