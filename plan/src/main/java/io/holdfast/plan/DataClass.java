package io.holdfast.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named bundle of schedule, retention, targets and objectives, which stacks and components refer to.
 *
 * @param schedules empty: the class says nothing about it. Their zone is the plan's; a stack puts its own in its place
 * @param keep null: the class says nothing about it
 * @param regions null: the class says nothing about it
 */
public record DataClass(
        String name,
        List<Schedule> schedules,
        @Nullable Retention keep,
        @Nullable List<String> regions,
        Objectives objectives,
        @Nullable SizeDeviation sizeDeviation) {

    public DataClass {
        Names.name("class", name);
        schedules = List.copyOf(schedules);
        regions = regions == null ? null : List.copyOf(regions);
    }
}
