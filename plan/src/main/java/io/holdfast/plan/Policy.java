package io.holdfast.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a class, a stack or a component says about how it is protected. The nearest one that says something wins.
 *
 * @param schedules null: nothing is said
 */
record Policy(
        @Nullable List<Schedule> schedules,
        @Nullable Retention keep,
        @Nullable List<String> regions,
        Objectives objectives,
        @Nullable SizeDeviation sizeDeviation) {

    static final Policy SILENT = new Policy(null, null, null, Objectives.NONE, null);

    Policy or(Policy fallback) {
        return new Policy(
                schedules != null ? schedules : fallback.schedules,
                keep != null ? keep : fallback.keep,
                regions != null ? regions : fallback.regions,
                objectives.or(fallback.objectives),
                sizeDeviation != null ? sizeDeviation : fallback.sizeDeviation);
    }

    static Policy of(DataClass dataClass) {
        return new Policy(
                dataClass.schedules().isEmpty() ? null : dataClass.schedules(),
                dataClass.keep(),
                dataClass.regions(),
                dataClass.objectives(),
                dataClass.sizeDeviation());
    }

    DataClass named(String name) {
        return new DataClass(name, schedules == null ? List.of() : schedules, keep, regions, objectives, sizeDeviation);
    }
}
