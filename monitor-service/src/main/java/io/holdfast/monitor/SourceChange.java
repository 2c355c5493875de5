package io.holdfast.monitor;

import io.holdfast.events.PlanRecord.ComponentPlanned;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That the plan changed what a component captures.
 *
 * @param revision the first one that says what is captured now
 * @param at broker time of its record
 */
record SourceChange(long revision, Instant at) {

    /** The last change there was; null if none is known, or not when. */
    static @Nullable SourceChange following(@Nullable Planned before, ComponentPlanned planned, Instant at) {
        Long revision = planned.sourceRevision();
        if (revision == null) {
            return null;
        }
        if (before == null) {
            return revision == planned.revision() ? new SourceChange(revision, at) : null;
        }
        return revision > before.revision() ? new SourceChange(revision, at) : before.changed();
    }

    /** Whether a snapshot was captured by a plan from then on; where it is not known by which, by its time. */
    boolean isIn(GoodSnapshot snapshot) {
        return snapshot.planRevision() == null ? !snapshot.at().isBefore(at) : snapshot.planRevision() >= revision;
    }
}
