package io.holdfast.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was promised for a component. Everything null: nothing was.
 *
 * @param rpo recovery point objective: the most work that may be lost
 * @param rto recovery time objective: the longest a restore may take
 * @param maxDowntime the longest the business can bear the component to be down
 */
public record Objectives(
        @Nullable Duration rpo,
        @Nullable Duration rto,
        @Nullable Duration maxDowntime,
        @Nullable Priority priority) {

    public static final Objectives NONE = new Objectives(null, null, null, null);

    public Objectives {
        Names.require(rpo == null || rpo.isPositive(), "rpo must be positive, was %s", rpo);
        Names.require(rto == null || rto.isPositive(), "rto must be positive, was %s", rto);
        Names.require(
                maxDowntime == null || maxDowntime.isPositive(), "maxDowntime must be positive, was %s", maxDowntime);
    }

    /** These objectives, with the gaps filled from a less specific set. */
    Objectives or(Objectives fallback) {
        return new Objectives(
                rpo != null ? rpo : fallback.rpo,
                rto != null ? rto : fallback.rto,
                maxDowntime != null ? maxDowntime : fallback.maxDowntime,
                priority != null ? priority : fallback.priority);
    }
}
