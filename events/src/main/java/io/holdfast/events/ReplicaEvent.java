package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;

/** What became of the copies in the regions. */
public sealed interface ReplicaEvent extends Event {

    ComponentId component();

    String region();

    @Override
    default String key() {
        return component().toString();
    }

    /**
     * A region holds a regular snapshot with everything it rests on, verified on arrival.
     *
     * @param sent bytes that had to be sent for it
     */
    @JsonTypeName("snapshot-replicated.v1")
    record SnapshotReplicated(
            ComponentId component, String region, String site, SnapshotRef snapshot, Instant takenAt, long sent)
            implements ReplicaEvent {}

    /** A region could not be brought up to date; it is tried again. {@code behindSince}: its oldest missing snapshot. */
    @JsonTypeName("replication-failed.v1")
    record ReplicationFailed(
            ComponentId component, String region, String site, String code, String message, Instant behindSince)
            implements ReplicaEvent {}
}
