package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** How far running work is. A backup's progress also renews its lease. */
public sealed interface ProgressEvent extends Event {

    /** A backup waits or runs; sent every few seconds while its site holds it. */
    @JsonTypeName("backup-progressed.v1")
    record BackupProgressed(
            ComponentId component,
            BackupId backup,
            int attempt,
            RecoveryPointId recoveryPoint,
            State state,
            long files,
            long bytes)
            implements ProgressEvent {
        @Override
        public String key() {
            return backup.value();
        }
    }

    /** A restore runs. */
    @JsonTypeName("restore-progressed.v1")
    record RestoreProgressed(RestoreId restore, String stack, String component, long files, long bytes)
            implements ProgressEvent {
        @Override
        public String key() {
            return restore.value();
        }
    }

    enum State {
        QUEUED,
        RUNNING
    }
}
