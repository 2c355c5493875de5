package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What someone is asked to do. Only the scheduler and the console write requests; late ones are refused. */
public sealed interface Request extends Event {

    String stack();

    /** After this instant the request is refused by an event instead of carried out. */
    Instant expires();

    /** A stack, or some of its components, is to be backed up now. Addressed to the scheduler. */
    @JsonTypeName("recovery-point-requested.v1")
    record RecoveryPointRequested(
            String stack,
            RecoveryPointId recoveryPoint,
            List<String> components,
            BackupKind kind,
            @Nullable String name,
            String requestedBy,
            Instant expires)
            implements Request {
        public RecoveryPointRequested {
            Names.require("stack", stack);
            Names.requireAll("component", components);
        }

        @Override
        public String key() {
            return stack;
        }
    }

    /**
     * One component is to be captured, alone or together with others.
     *
     * @param due the instant the backup stands for; with the component it makes the backup's identity
     * @param attempt 1 for the first; a higher one supersedes every lower one
     * @param together further components of the stack that are captured in the same bracket, each as a backup of its own of
     *     this recovery point; null: none
     */
    @JsonTypeName("backup-requested.v1")
    record BackupRequested(
            ComponentId component,
            BackupId backup,
            int attempt,
            RecoveryPointId recoveryPoint,
            BackupKind kind,
            @Nullable String name,
            Instant due,
            Instant expires,
            @Nullable List<String> together)
            implements Request {
        public BackupRequested {
            if (together != null) {
                Names.requireAll("component", together);
                together = List.copyOf(together);
            }
        }

        /** All that are to be captured, its own component first. */
        public List<ComponentId> all() {
            Stream<String> others = together == null ? Stream.of() : together.stream();
            return Stream.concat(Stream.of(component), others.map(other -> new ComponentId(stack(), other)))
                    .toList();
        }

        @Override
        public String stack() {
            return component.stack();
        }

        @Override
        public String key() {
            return component.toString();
        }
    }

    /** A recovery point is settled; its manifest is to be written into the vault. */
    @JsonTypeName("manifest-requested.v1")
    record ManifestRequested(
            String stack,
            RecoveryPointId recoveryPoint,
            boolean complete,
            @Nullable String name,
            Instant due,
            List<RecoveredComponent> components,
            List<String> missing,
            Instant expires)
            implements Request {
        public ManifestRequested {
            Names.require("stack", stack);
            Names.requireAll("component", missing);
        }

        @Override
        public String key() {
            return ComponentId.manifestOf(stack).toString();
        }
    }

    /**
     * An operator's restore.
     *
     * @param components empty for all that the recovery point holds
     * @param which {@code latest}, or the id or name of a recovery point, backup or snapshot
     * @param at the newest good state up to this instant; overrides {@code which}
     * @param targetDirectory a directory to put it into; null for its own place
     * @param targetVolume a volume to make for the data of the only component; null for its own place
     * @param fromRegion the region to read from; null for the local vault
     */
    @JsonTypeName("restore-requested.v1")
    record RestoreRequested(
            RestoreId restore,
            String stack,
            List<String> components,
            String which,
            @Nullable Instant at,
            @Nullable String targetDirectory,
            @Nullable String targetVolume,
            @Nullable String fromRegion,
            String requestedBy,
            String reason,
            Instant expires)
            implements Request {
        public RestoreRequested {
            Names.require("stack", stack);
            Names.requireAll("component", components);
        }

        /** Where it is put, if that is not its own place. */
        public Optional<String> elsewhere() {
            return targetVolume == null ? Optional.ofNullable(targetDirectory) : Optional.of("volume " + targetVolume);
        }

        @Override
        public String key() {
            return stack;
        }
    }
}
