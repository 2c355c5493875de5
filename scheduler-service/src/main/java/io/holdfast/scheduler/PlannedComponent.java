package io.holdfast.scheduler;

import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord;
import java.util.List;

/** What the plan says about a component, as far as the scheduler minds. */
record PlannedComponent(ComponentId component, String site, List<PlanRecord.Schedule> schedules) {

    Runs runs() {
        return Runs.of(component, schedules);
    }
}
