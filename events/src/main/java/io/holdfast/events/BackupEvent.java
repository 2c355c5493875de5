package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The life of recovery points and of the backups they are made of. */
public sealed interface BackupEvent extends Event {

    String stack();

    RecoveryPointId recoveryPoint();

    /** What happened to one component's backup. */
    sealed interface OfComponent extends BackupEvent {
        ComponentId component();

        BackupId backup();

        int attempt();

        @Override
        default String stack() {
            return component().stack();
        }

        @Override
        default String key() {
            return component().toString();
        }
    }

    /** What happened to a recovery point as a whole. */
    sealed interface OfStack extends BackupEvent {
        @Override
        default String key() {
            return stack();
        }
    }

    /** The scheduler opened a recovery point and asked for its backups. */
    @JsonTypeName("recovery-point-opened.v1")
    record RecoveryPointOpened(
            String stack,
            RecoveryPointId recoveryPoint,
            List<String> components,
            BackupKind kind,
            @Nullable String name,
            Instant due,
            Instant deadline)
            implements OfStack {
        public RecoveryPointOpened {
            Names.require("stack", stack);
            Names.requireAll("component", components);
        }
    }

    /** A recovery point could not be opened at all. {@code message} is written for an operator. */
    @JsonTypeName("recovery-point-refused.v1")
    record RecoveryPointRefused(String stack, RecoveryPointId recoveryPoint, String code, String message)
            implements OfStack {
        public RecoveryPointRefused {
            Names.require("stack", stack);
        }
    }

    /** The request lies durably in the site's journal and waits for its turn. */
    @JsonTypeName("backup-accepted.v1")
    record BackupAccepted(
            ComponentId component, BackupId backup, int attempt, RecoveryPointId recoveryPoint, String site)
            implements OfComponent {}

    /** The site has begun to capture. */
    @JsonTypeName("backup-started.v1")
    record BackupStarted(
            ComponentId component, BackupId backup, int attempt, RecoveryPointId recoveryPoint, String site)
            implements OfComponent {}

    /**
     * A snapshot is durable in the site's vault and every blob of it was reopened as it was written.
     *
     * @param bytes size of the captured data before deduplication
     * @param added bytes the vault grew by
     * @param rested how long the component rested for it; null: not at all, or it is not known any more
     * @param consistency null: nothing was seen to change, and it is not known whether anything could
     * @param changed how much changed or vanished while it was read, the first of it by name, for an operator; null: nothing
     *     was seen to, or it is not known any more
     * @param planRevision the revision of the plan that said what to capture; null: it is not known any more
     */
    @JsonTypeName("snapshot-taken.v1")
    record SnapshotTaken(
            ComponentId component,
            BackupId backup,
            int attempt,
            RecoveryPointId recoveryPoint,
            String site,
            SnapshotRef snapshot,
            Instant takenAt,
            BackupKind kind,
            long files,
            long bytes,
            long added,
            Duration took,
            @Nullable Duration rested,
            @Nullable Consistency consistency,
            @Nullable String changed,
            @Nullable Long planRevision)
            implements OfComponent {}

    /** No snapshot was made. {@code message} is written for an operator and carries no secret. */
    @JsonTypeName("backup-failed.v1")
    record BackupFailed(
            ComponentId component,
            BackupId backup,
            int attempt,
            RecoveryPointId recoveryPoint,
            String site,
            String code,
            String message)
            implements OfComponent {}

    /** The site will not carry the request out: it came too late, or asks for what the site does not know. */
    @JsonTypeName("backup-refused.v1")
    record BackupRefused(
            ComponentId component,
            BackupId backup,
            int attempt,
            RecoveryPointId recoveryPoint,
            String site,
            String code,
            String message)
            implements OfComponent {}

    /** Every component of the recovery point has its snapshot. */
    @JsonTypeName("recovery-point-completed.v1")
    record RecoveryPointCompleted(String stack, RecoveryPointId recoveryPoint, List<RecoveredComponent> components)
            implements OfStack {
        public RecoveryPointCompleted {
            Names.require("stack", stack);
        }
    }

    /** The deadline passed, or a backup ended without a snapshot; what is there is kept and named. */
    @JsonTypeName("recovery-point-incomplete.v1")
    record RecoveryPointIncomplete(
            String stack, RecoveryPointId recoveryPoint, List<RecoveredComponent> components, List<String> missing)
            implements OfStack {
        public RecoveryPointIncomplete {
            Names.require("stack", stack);
            Names.requireAll("component", missing);
        }
    }

    /** The recovery point's manifest is durable in the vault. */
    @JsonTypeName("manifest-written.v1")
    record ManifestWritten(
            String stack, RecoveryPointId recoveryPoint, String site, SnapshotRef snapshot, Instant takenAt)
            implements OfStack {
        public ManifestWritten {
            Names.require("stack", stack);
        }
    }
}
