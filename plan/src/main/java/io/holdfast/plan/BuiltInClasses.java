package io.holdfast.plan;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The data classes that every plan has unless it defines them anew. They hold no objectives. */
final class BuiltInClasses {

    static final List<DataClass> ALL = List.of(
            dataClass("critical", "0 2 * * *", Duration.ofDays(30)),
            dataClass("important", "0 3 * * 0", Duration.ofDays(12 * 7)),
            dataClass("recoverable", "0 4 1 * *", Duration.ofDays(184)));

    private BuiltInClasses() {}

    private static DataClass dataClass(String name, String cron, Duration keep) {
        Schedule schedule = Schedule.of(cron, ZoneId.of("UTC"), RunKind.INCREMENTAL, Duration.ofMinutes(1));
        return new DataClass(name, List.of(schedule), Retention.within(keep), null, Objectives.NONE, null);
    }
}
