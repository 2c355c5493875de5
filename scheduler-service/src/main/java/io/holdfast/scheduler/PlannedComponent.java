package io.holdfast.scheduler;

import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the plan says about a component, as far as the scheduler minds.
 *
 * @param together as {@link PlanRecord.ComponentPlanned#together}
 */
record PlannedComponent(
        ComponentId component,
        String site,
        List<PlanRecord.Schedule> schedules,
        @Nullable Boolean together) {

    boolean inGroup() {
        return Boolean.TRUE.equals(together);
    }

    Runs runs() {
        return Runs.of(component, schedules);
    }
}
