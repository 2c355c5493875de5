package io.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Compares schedules with an oracle that looks at every single minute around a change of the clock. */
class SchedulePropertyTest {

    /** Years in which each of these zones changes its clock, some at midnight, one by half an hour, one by a day. */
    record Change(String zone, LocalDate day) {}

    private static final List<Change> CHANGES = List.of(
            new Change("Europe/Berlin", LocalDate.of(2026, 3, 29)),
            new Change("Europe/Berlin", LocalDate.of(2026, 10, 25)),
            new Change("Africa/Cairo", LocalDate.of(2025, 4, 25)),
            new Change("Africa/Cairo", LocalDate.of(2025, 10, 31)),
            new Change("Australia/Lord_Howe", LocalDate.of(2026, 4, 5)),
            new Change("Australia/Lord_Howe", LocalDate.of(2026, 10, 4)),
            new Change("America/Sao_Paulo", LocalDate.of(2017, 10, 15)),
            new Change("America/Sao_Paulo", LocalDate.of(2018, 2, 18)),
            new Change("Pacific/Apia", LocalDate.of(2011, 12, 30)),
            new Change("Asia/Kolkata", LocalDate.of(2026, 5, 5)),
            new Change("UTC", LocalDate.of(2026, 12, 31)));

    /** A field as text, and the numbers it stands for. */
    record Field(String text, List<Integer> numbers) {}

    @Property(tries = 400)
    void isDueExactlyWhenTheOracleSays(
            @ForAll("changes") Change change,
            @ForAll("minutes") Field minute,
            @ForAll("hours") Field hour,
            @ForAll @IntRange(max = 2 * 24 * 60) int offset) {
        ZoneId zone = ZoneId.of(change.zone());
        Schedule schedule =
                Schedule.of("%s %s * * *".formatted(minute.text(), hour.text()), zone, RunKind.FULL, Duration.ZERO);
        Instant from = change.day().minusDays(1).atStartOfDay(zone).toInstant().plus(Duration.ofMinutes(offset));
        Instant to = from.plus(Duration.ofDays(3));

        assertThat(runs(schedule, from, to)).isEqualTo(oracle(zone, minute, hour, from, to));
    }

    private static List<Instant> runs(Schedule schedule, Instant from, Instant to) {
        List<Instant> runs = new ArrayList<>();
        Instant next = schedule.nextAfter(from).orElseThrow();
        while (next.isBefore(to)) {
            runs.add(next);
            next = schedule.nextAfter(next).orElseThrow();
        }
        return runs;
    }

    private static List<Instant> oracle(ZoneId zone, Field minute, Field hour, Instant from, Instant to) {
        ZoneRules rules = zone.getRules();
        boolean rhythm = hour.text().equals("*");
        TreeSet<Instant> due = new TreeSet<>();
        LocalDateTime local =
                LocalDateTime.ofInstant(from, zone).minusDays(2).withSecond(0).withNano(0);
        LocalDateTime end = LocalDateTime.ofInstant(to, zone).plusDays(2);
        for (; local.isBefore(end); local = local.plusMinutes(1)) {
            if (!minute.numbers().contains(local.getMinute()) || !hour.numbers().contains(local.getHour())) {
                continue;
            }
            List<ZoneOffset> offsets = rules.getValidOffsets(local);
            if (offsets.isEmpty()) {
                due.add(rules.getTransition(local).getInstant());
            } else {
                due.add(local.toInstant(offsets.getFirst()));
                if (rhythm) {
                    due.add(local.toInstant(offsets.getLast()));
                }
            }
        }
        return List.copyOf(due.subSet(from, false, to, false));
    }

    @Provide
    Arbitrary<Change> changes() {
        return Arbitraries.of(CHANGES);
    }

    @Provide
    Arbitrary<Field> minutes() {
        return field(60);
    }

    @Provide
    Arbitrary<Field> hours() {
        return Arbitraries.oneOf(
                field(24), Arbitraries.integers().between(0, 3).map(hour -> new Field("" + hour, List.of(hour))));
    }

    private static Arbitrary<Field> field(int size) {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, size - 1);
        return Arbitraries.oneOf(
                Arbitraries.just(new Field("*", numbers(0, size - 1, 1))),
                number.map(value -> new Field("" + value, List.of(value))),
                Arbitraries.of(2, 5, 6, 15).map(step -> new Field("*/" + step, numbers(0, size - 1, step))),
                number.tuple2().map(pair -> {
                    int low = Math.min(pair.get1(), pair.get2());
                    int high = Math.max(pair.get1(), pair.get2());
                    return new Field(low + "-" + high, numbers(low, high, 1));
                }),
                number.tuple2()
                        .map(pair -> new Field(pair.get1() + "," + pair.get2(), List.of(pair.get1(), pair.get2()))));
    }

    private static List<Integer> numbers(int from, int to, int step) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = from; number <= to; number += step) {
            numbers.add(number);
        }
        return numbers;
    }
}
