package io.holdfast.standalone;

import io.holdfast.console.plan.PlanPublisher;
import io.holdfast.console.plan.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Puts the start's plan in force, unless that very text was put in force by an earlier start: a plan that was published
 * since then stays.
 */
final class PlanInForce {

    private PlanInForce() {}

    /** The revision that is in force afterwards. */
    static long ensure(PlanPublisher publisher, StartPlan plan, DataDirectory data) throws IOException, UpProblem {
        Path remembered = data.of("services").resolve("plan-of-last-start.yaml");
        long current = publisher.currentRevision();
        boolean unchanged =
                Files.exists(remembered) && Files.readString(remembered).equals(plan.text());
        if (current > 0 && unchanged) {
            return current;
        }
        long revision = switch (publisher.publish(plan.plan(), plan.text(), current, "holdfast up")) {
            case Publication.Published(long published) -> published;
            case Publication.Unchanged(long inForce) -> inForce;
            case Publication.Stale(long inForce) ->
                throw new UpProblem(
                        "HF-S39",
                        "The plan was changed by someone else while this start published it; revision %d is in force. Start again."
                                .formatted(inForce));
            case Publication.TooLarge(long _, String message) ->
                throw new UpProblem("HF-S40", "The plan cannot be published: %s".formatted(message));
        };
        Files.createDirectories(data.of("services"));
        Files.writeString(remembered, plan.text());
        return revision;
    }
}
