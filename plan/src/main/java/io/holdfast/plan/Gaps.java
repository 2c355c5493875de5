package io.holdfast.plan;

import java.time.Duration;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The shortest and the longest time between two runs of schedules taken together, by the clock on the wall. */
record Gaps(Duration shortest, Duration longest) {

    /** Days after which schedules by day of the week repeat. */
    private static final int WEEKS = 15;

    /** Days after which dates fall on the same days of the week again, and one leap year more. */
    private static final int CALENDAR_CYCLE = 32 * 1461 / 4;

    private static final int MINUTES_OF_DAY = 1440;

    private static final int REMEMBERED = 500;

    /** By cron expressions: measuring takes some milliseconds, and a plan has few that differ. */
    private static final Map<Set<String>, Gaps> KNOWN =
            Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Set<String>, Gaps> eldest) {
                    return size() > REMEMBERED;
                }
            });

    /** What one kind of day looks like. */
    private record Day(int first, int last, int shortest, int longest) {

        static Day of(BitSet minutes) {
            int first = minutes.nextSetBit(0);
            int shortest = Integer.MAX_VALUE;
            int longest = 0;
            int last = first;
            for (int next = minutes.nextSetBit(first + 1); next >= 0; next = minutes.nextSetBit(next + 1)) {
                shortest = Math.min(shortest, next - last);
                longest = Math.max(longest, next - last);
                last = next;
            }
            return new Day(first, last, shortest, longest);
        }
    }

    static Gaps of(List<Schedule> schedules) {
        Set<String> expressions = schedules.stream().map(Schedule::expression).collect(Collectors.toUnmodifiableSet());
        Gaps known = KNOWN.get(expressions);
        if (known == null) {
            known = measure(schedules);
            KNOWN.put(expressions, known);
        }
        return known;
    }

    private static Gaps measure(List<Schedule> schedules) {
        int horizon = schedules.stream().allMatch(schedule -> schedule.cron().isWeekly()) ? WEEKS : CALENDAR_CYCLE;
        List<BitSet> days = schedules.stream()
                .map(schedule -> schedule.cron().days(horizon))
                .toList();
        List<BitSet> minutes =
                schedules.stream().map(schedule -> schedule.cron().minutes()).toList();
        Map<BitSet, Day> kinds = new HashMap<>();
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        int last = -1;
        for (int day = 0; day < horizon; day++) {
            BitSet due = dueOn(day, days);
            if (due.isEmpty()) {
                continue;
            }
            Day kind = kinds.computeIfAbsent(due, schedulesDue -> Day.of(union(schedulesDue, minutes)));
            int first = day * MINUTES_OF_DAY + kind.first();
            if (last >= 0) {
                shortest = Math.min(shortest, first - last);
                longest = Math.max(longest, first - last);
            }
            shortest = Math.min(shortest, kind.shortest());
            longest = Math.max(longest, kind.longest());
            last = day * MINUTES_OF_DAY + kind.last();
        }
        return longest == 0
                ? new Gaps(Duration.ofDays(horizon), Duration.ofDays(horizon))
                : new Gaps(Duration.ofMinutes(shortest), Duration.ofMinutes(longest));
    }

    private static BitSet dueOn(int day, List<BitSet> days) {
        BitSet due = new BitSet(days.size());
        for (int schedule = 0; schedule < days.size(); schedule++) {
            due.set(schedule, days.get(schedule).get(day));
        }
        return due;
    }

    private static BitSet union(BitSet due, List<BitSet> minutes) {
        BitSet union = new BitSet(MINUTES_OF_DAY);
        due.stream().forEach(schedule -> union.or(minutes.get(schedule)));
        return union;
    }
}
