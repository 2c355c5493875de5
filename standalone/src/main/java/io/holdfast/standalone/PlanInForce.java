package io.holdfast.standalone;

import io.holdfast.console.plan.PlanPublisher;
import io.holdfast.console.plan.Publication;
import io.holdfast.events.PlanRecord.PlanPublished;
import io.holdfast.plan.Plan;
import io.holdfast.plan.PlanReader;
import io.holdfast.plan.PlanReading;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The plan that is in force once a start is through.
 *
 * @param publishedBy null for the start's own
 * @param consequences of a plan that this start put in the place of another
 */
record PlanInForce(long revision, Plan plan, @Nullable String publishedBy, List<String> consequences) {

    /**
     * Puts the start's plan in force, unless that very text was put in force by an earlier start: a plan that was
     * published since then stays.
     */
    static PlanInForce ensure(PlanPublisher publisher, StartPlan start, DataDirectory data)
            throws IOException, UpProblem {
        PlanInForce inForce = ensure(publisher, start, LastPlan.of(data));
        LastPlan.remember(start, data);
        return inForce;
    }

    private static PlanInForce ensure(PlanPublisher publisher, StartPlan start, Optional<LastPlan> last)
            throws UpProblem {
        Optional<PlanPublished> current = publisher.inForce();
        boolean unchanged =
                last.map(LastPlan::text).filter(start.text()::equals).isPresent();
        if (current.isPresent() && unchanged) {
            return of(current.get(), start);
        }
        Publication.Published published =
                published(publisher, start, current.map(PlanPublished::revision).orElse(0L));
        return new PlanInForce(published.revision(), start.plan(), null, published.consequences());
    }

    private static Publication.Published published(PlanPublisher publisher, StartPlan start, long replaces)
            throws UpProblem {
        return switch (publisher.publish(start.plan(), start.text(), replaces, "holdfast up")) {
            case Publication.Published published -> published;
            case Publication.Unchanged(long inForce) -> new Publication.Published(inForce, List.of());
            case Publication.Stale(long inForce) ->
                throw new UpProblem(
                        "HF-S39",
                        "The plan was changed by someone else while this start published it; revision %d is in force. Start again."
                                .formatted(inForce));
            case Publication.TooLarge(long _, String message) ->
                throw new UpProblem("HF-S40", "The plan cannot be published: %s".formatted(message));
        };
    }

    private static PlanInForce of(PlanPublished published, StartPlan start) {
        if (published.text().equals(start.text())) {
            return new PlanInForce(published.revision(), start.plan(), null, List.of());
        }
        Plan plan = PlanReader.read(published.text(), "the plan in force") instanceof PlanReading.Valid valid
                ? valid.plan()
                : start.plan();
        return new PlanInForce(published.revision(), plan, published.publishedBy(), List.of());
    }
}
