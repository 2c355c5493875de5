package io.holdfast.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing to protect, with everything it inherits from its class, its stack and its stack's class filled in.
 *
 * @param dataClass the class in force; null where neither component nor stack names one
 * @param regions names of the regions its snapshots are copied to
 */
public record Component(
        String name,
        @Nullable String dataClass,
        Source source,
        Timetable timetable,
        Retention keep,
        List<String> regions,
        Objectives objectives,
        SizeDeviation sizeDeviation) {

    public Component {
        Names.name("component", name);
        regions = List.copyOf(regions);
    }
}
