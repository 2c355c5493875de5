package io.holdfast.monitor;

import io.holdfast.events.PlanRecord.ComponentPlanned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the plan asks of a component.
 *
 * @param since when the component first appeared in the plan
 * @param regions its regions and when each first appeared
 * @param changed the last change of what is captured; null when none is known
 */
record Planned(
        String site,
        Duration expectedInterval,
        @Nullable Duration rpo,
        int sizeDeviationPercent,
        long sizeFloorBytes,
        Instant since,
        Map<String, Instant> regions,
        long revision,
        @Nullable SourceChange changed) {

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
                planned.revision(),
                SourceChange.following(before, planned, at));
    }

    /** The change of what is captured that a snapshot is from before; empty if it holds what is captured now. */
    Optional<SourceChange> changedAfter(GoodSnapshot snapshot) {
        return Optional.ofNullable(changed).filter(change -> !change.isIn(snapshot));
    }

    /** Those that hold what is captured now, in their order. */
    List<GoodSnapshot> counted(List<GoodSnapshot> good) {
        return good.stream()
                .filter(snapshot -> changedAfter(snapshot).isEmpty())
                .toList();
    }

    /** The newest that holds what is captured now; if none does, the newest of those before. */
    Optional<GoodSnapshot> newest(List<GoodSnapshot> good) {
        return counted(good).stream().findFirst().or(() -> good.stream().findFirst());
    }

    /** When a newer one than the newest is late. A change of what is captured puts that off for nobody. */
    Instant staleAt(GoodSnapshot newest, Duration limit) {
        return changedAfter(newest)
                .map(SourceChange::at)
                .filter(change -> change.isBefore(newest.at()))
                .orElse(newest.at())
                .plus(limit);
    }

    /** How old the newest snapshot may grow: the schedule's longest pause and a margin, or a stricter RPO it can meet. */
    Duration limit(Duration margin) {
        Duration scheduled = expectedInterval.plus(margin);
        return rpo != null && rpo.compareTo(expectedInterval) >= 0 && rpo.compareTo(scheduled) < 0 ? rpo : scheduled;
    }
}
