package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How things stand, for consoles and metrics. */
public sealed interface StatusRecord extends Event {

    /**
     * One component, its regions and what is wrong with it.
     *
     * @param lastGoodAt when the newest verified regular snapshot was taken; null before the first
     * @param freshUntil when that snapshot grows stale; null before the first that holds what the plan says now
     * @param consistency of that snapshot; null before the first, and if it does not say
     * @param lastFailure what the last failed run said; null once a run succeeded
     * @param changedAt when the plan changed what is captured, while no good snapshot holds that yet: the newest one holds what
     *     was captured before; null otherwise
     */
    @JsonTypeName("component-status.v1")
    record ComponentStatus(
            ComponentId component,
            Health health,
            @Nullable Instant lastGoodAt,
            @Nullable SnapshotRef lastGood,
            @Nullable Instant freshUntil,
            long files,
            long bytes,
            @Nullable Consistency consistency,
            @Nullable String lastFailure,
            List<RegionStatus> regions,
            List<String> alerts,
            @Nullable Instant changedAt)
            implements StatusRecord {
        @Override
        public String key() {
            return component.toString();
        }
    }

    /** One region's copy of the component. */
    record RegionStatus(
            String region,
            @Nullable Instant lastGoodAt,
            @Nullable Instant behindSince,
            @Nullable String lastFailure) {}

    /** The one word for a component. */
    enum Health {
        /** Planned, or planned to be captured from elsewhere, and the first run since is not yet overdue. */
        WAITING,
        PROTECTED,
        /** Something is wrong, but a fresh verified snapshot exists. */
        DEGRADED,
        /** No fresh verified snapshot exists. */
        UNPROTECTED
    }
}
