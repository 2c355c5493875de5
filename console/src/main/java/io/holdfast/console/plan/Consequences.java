package io.holdfast.console.plan;

import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.PlanRecord.RegionPlanned;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a plan takes away that the one before gave: it may have been a slip, such as a component that was renamed. */
final class Consequences {

    private Consequences() {}

    /**
     * Tells an operator.
     *
     * @param before the records in force, by their keys
     * @param after those of the plan that takes their place
     */
    static List<String> of(Map<String, PlanRecord> before, Collection<PlanRecord> after) {
        var gone = new ArrayList<>(before.values());
        after.forEach(now -> gone.removeIf(was -> was.key().equals(now.key())));
        var told = new ArrayList<String>();
        gone.forEach(was -> gone(was).ifPresent(told::add));
        for (PlanRecord now : after) {
            if (now instanceof ComponentPlanned component
                    && before.get(now.key()) instanceof ComponentPlanned
                    && isCapturedAnew(component)) {
                told.add(captured(component.component()));
            }
        }
        return told;
    }

    private static Optional<String> gone(PlanRecord was) {
        return switch (was) {
            case ComponentPlanned component ->
                Optional.of(
                        "%s is protected no longer: nothing backs it up or watches it. Its backups stay where they are."
                                .formatted(component.component()));
            case RegionPlanned region ->
                Optional.of("The region %s gets no more copies. What it holds stays there, at %s."
                        .formatted(region.region(), region.location()));
            case PlanRecord _ -> Optional.empty();
        };
    }

    private static String captured(ComponentId component) {
        return "What is captured of %s has changed. Its backups until now hold what was planned before: it is protected again with the next one, which is asked for at once. If none comes: holdfast backup %s --component %s"
                .formatted(component, component.stack(), component.component());
    }

    private static boolean isCapturedAnew(ComponentPlanned component) {
        Long since = component.sourceRevision();
        return since != null && since == component.revision();
    }
}
