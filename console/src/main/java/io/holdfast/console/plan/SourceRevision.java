package io.holdfast.console.plan;

import io.holdfast.events.PlanRecord;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.plan.Source;
import org.jspecify.annotations.Nullable;

/** Since which revision a component captures what it captures: plans that ask for the same leave it as it was. */
final class SourceRevision {

    private SourceRevision() {}

    /**
     * The revision.
     *
     * @param last what was said of the component last; null: nothing ever was, as after the broker was wiped, and what its
     *     backups hold is taken for what it captures now. Of one that comes back nobody knows what it captured before
     * @param revision of the plan that is published
     */
    static @Nullable Long of(@Nullable PlanRecord last, String site, Source source, long revision) {
        return switch (last) {
            case null -> null;
            case ComponentPlanned was when was.site().equals(site) && isSame(was, source) -> was.sourceRevision();
            case PlanRecord _ -> Long.valueOf(revision);
        };
    }

    private static boolean isSame(ComponentPlanned was, Source source) {
        try {
            return source.capturesSameAs(Source.fromJson(was.source()));
        } catch (IllegalArgumentException e) {
            return false; // what no site of this version can read, none of them captured
        }
    }
}
