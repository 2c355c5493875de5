package io.holdfast.scheduler;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.holdfast.events.RecoveredComponent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far one component's backup within a recovery point is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
sealed interface BackupState {

    /**
     * To be asked for at an instant: now for the first time, or again after a failure.
     *
     * @param retries how many more failures are followed by another try; null, as an older version has it: none
     */
    @JsonTypeName("to-ask")
    record ToAsk(int attempts, @Nullable Integer retries, Instant at) implements BackupState {}

    /**
     * The site was asked and is given until the end of the lease to show that it is at it.
     *
     * @param retries as {@link ToAsk#retries}
     */
    @JsonTypeName("asked")
    record Asked(int attempt, @Nullable Integer retries, Instant leaseEnds) implements BackupState {}

    @JsonTypeName("taken")
    record Taken(RecoveredComponent recovered) implements BackupState {}

    /** It ended without a snapshot. */
    @JsonTypeName("missing")
    record Missing() implements BackupState {}
}
