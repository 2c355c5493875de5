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
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What a plan takes away that the one before gave: it may have been a slip, such as a component that was renamed. */
final class Consequences {

    /** What of a source tells how it is captured, not what. */
    private static final Set<String> HOW = Set.of("quiesce", "atLeast");

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
                    && before.get(now.key()) instanceof ComponentPlanned was
                    && !what(was).equals(what(component))) {
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
        return "What is captured of %s has changed. Its backups until now, which still count as good, hold what was planned before. Make one now: holdfast backup %s --component %s"
                .formatted(component, component.stack(), component.component());
    }

    private static ObjectNode what(ComponentPlanned component) {
        return ((ObjectNode) component.source().deepCopy()).without(HOW);
    }
}
