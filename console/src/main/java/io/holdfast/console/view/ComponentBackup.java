package io.holdfast.console.view;

import io.holdfast.events.BackupId;
import io.holdfast.events.SnapshotRef;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One component's part of a recovery point.
 *
 * @param component without its stack
 * @param attempt 0 while nobody has taken the backup on
 * @param snapshot null until it is durable in the vault
 * @param code why there is no snapshot, as in the list of operator messages
 * @param message why there is no snapshot, for an operator
 */
public record ComponentBackup(
        String component,
        State state,
        int attempt,
        @Nullable BackupId backup,
        @Nullable SnapshotRef snapshot,
        @Nullable Instant takenAt,
        long files,
        long bytes,
        @Nullable String code,
        @Nullable String message) {

    /** In the order in which one attempt goes through them. */
    public enum State {
        WAITING,
        QUEUED,
        RUNNING,
        REFUSED,
        FAILED,
        TAKEN
    }

    static ComponentBackup waiting(String component) {
        return new ComponentBackup(component, State.WAITING, 0, null, null, null, 0, 0, null, null);
    }

    static ComponentBackup at(State state, String component, int attempt, BackupId backup) {
        return new ComponentBackup(component, state, attempt, backup, null, null, 0, 0, null, null);
    }

    static ComponentBackup ended(
            State state, String component, int attempt, BackupId backup, String code, String message) {
        return new ComponentBackup(component, state, attempt, backup, null, null, 0, 0, code, message);
    }

    static ComponentBackup taken(
            String component, BackupId backup, SnapshotRef snapshot, Instant takenAt, long files, long bytes) {
        return new ComponentBackup(component, State.TAKEN, 0, backup, snapshot, takenAt, files, bytes, null, null);
    }

    /** Whether this is the id of its backup or of its snapshot. */
    public boolean isNamed(String backupOrSnapshot) {
        return Stream.of(
                        Optional.ofNullable(backup).map(BackupId::value),
                        Optional.ofNullable(snapshot).map(SnapshotRef::value))
                .flatMap(Optional::stream)
                .anyMatch(backupOrSnapshot::equals);
    }

    /** What is known once the other news has come in too, in whichever order they come: a snapshot is final. */
    ComponentBackup or(ComponentBackup news) {
        if (state == State.TAKEN || news.state == State.TAKEN) {
            return state == State.TAKEN ? this : news;
        }
        if (attempt != news.attempt) {
            return attempt > news.attempt ? this : news;
        }
        return state.compareTo(news.state) >= 0 ? this : news;
    }
}
