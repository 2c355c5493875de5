package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The life of one restore. */
public sealed interface RestoreEvent extends Event {

    RestoreId restore();

    String stack();

    @Override
    default String key() {
        return restore().value();
    }

    /** The request lies durably in the site's journal. */
    @JsonTypeName("restore-accepted.v1")
    record RestoreAccepted(RestoreId restore, String stack, String site, String requestedBy, String reason)
            implements RestoreEvent {}

    /** The restore cannot begin yet, since another is at what it is to put back. Said once. */
    @JsonTypeName("restore-waiting.v1")
    record RestoreWaiting(RestoreId restore, String stack, String site, String code, String message)
            implements RestoreEvent {}

    /** The site will not carry the restore out; nothing was touched. */
    @JsonTypeName("restore-refused.v1")
    record RestoreRefused(RestoreId restore, String stack, String site, String code, String message)
            implements RestoreEvent {}

    /** What will be done, component by component, before anything is touched. */
    @JsonTypeName("restore-planned.v1")
    record RestorePlanned(RestoreId restore, String stack, String site, String from, List<Step> steps)
            implements RestoreEvent {}

    /**
     * One component to put back.
     *
     * @param target where it goes, as an operator would name it
     */
    record Step(String component, SnapshotRef snapshot, Instant takenAt, String target) {}

    /** The present state was kept as a snapshot of its own before it is replaced. */
    @JsonTypeName("safety-snapshot-taken.v1")
    record SafetySnapshotTaken(RestoreId restore, String stack, String component, SnapshotRef snapshot)
            implements RestoreEvent {}

    /**
     * One component is back.
     *
     * @param lacks what its snapshot lacks, for an operator; null if it is a good backup
     * @param altered what is back and yet not as it was, such as owners, and what of the state before was not kept, for an
     *     operator; null if nothing is
     */
    @JsonTypeName("component-restored.v1")
    record ComponentRestored(
            RestoreId restore,
            String stack,
            String component,
            SnapshotRef snapshot,
            long written,
            long unchanged,
            long deleted,
            long bytes,
            @Nullable String lacks,
            @Nullable String altered)
            implements RestoreEvent {}

    /**
     * Everything is back that there is of what was asked for.
     *
     * @param lacks which components are not back, and why, for an operator; null if all are
     */
    @JsonTypeName("restore-completed.v1")
    record RestoreCompleted(
            RestoreId restore,
            String stack,
            List<String> components,
            Duration took,
            @Nullable String lacks) implements RestoreEvent {}

    /**
     * The restore stopped.
     *
     * @param restored components that are back
     * @param component the one it stopped at; null when it stopped before the first
     */
    @JsonTypeName("restore-failed.v1")
    record RestoreFailed(
            RestoreId restore,
            String stack,
            List<String> restored,
            @Nullable String component,
            String code,
            String message)
            implements RestoreEvent {}
}
