package io.holdfast.monitor;

import io.holdfast.events.PlanRecord.ComponentPlanned;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the plan asks of a component.
 *
 * @param since when the component first appeared in the plan
 * @param regions its regions and when each first appeared
 */
record Planned(
        String site,
        Duration expectedInterval,
        @Nullable Duration rpo,
        int sizeDeviationPercent,
        long sizeFloorBytes,
        Instant since,
        Map<String, Instant> regions,
        long revision) {

    static Planned following(@Nullable Planned before, ComponentPlanned planned, Instant at) {
        var regions = new TreeMap<String, Instant>();
        for (String region : planned.regions()) {
            regions.put(region, before == null ? at : before.regions().getOrDefault(region, at));
        }
        return new Planned(
                planned.site(),
                planned.expectedInterval(),
                planned.rpo(),
                planned.sizeDeviationPercent(),
                planned.sizeFloorBytes(),
                before == null ? at : before.since(),
                regions,
                planned.revision());
    }

    /** How old the newest snapshot may grow: the schedule's longest pause and a margin, or a stricter RPO it can meet. */
    Duration limit(Duration margin) {
        Duration scheduled = expectedInterval.plus(margin);
        return rpo != null && rpo.compareTo(expectedInterval) >= 0 && rpo.compareTo(scheduled) < 0 ? rpo : scheduled;
    }
}
