package io.holdfast.console.view;

import io.holdfast.events.BackupId;
import io.holdfast.events.Consistency;
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
 * @param consistency null where the snapshot does not say
 * @param changed what changed while it was read, for an operator
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
        @Nullable Consistency consistency,
        @Nullable String changed,
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
        return new ComponentBackup(component, State.WAITING, 0, null, null, null, 0, 0, null, null, null, null);
    }

    static ComponentBackup at(State state, String component, int attempt, BackupId backup) {
        return new ComponentBackup(component, state, attempt, backup, null, null, 0, 0, null, null, null, null);
    }

    static ComponentBackup ended(
            State state, String component, int attempt, BackupId backup, String code, String message) {
        return new ComponentBackup(component, state, attempt, backup, null, null, 0, 0, null, null, code, message);
    }

    static ComponentBackup taken(
            String component,
            BackupId backup,
            SnapshotRef snapshot,
            Instant takenAt,
            long files,
            long bytes,
            @Nullable Consistency consistency,
            @Nullable String changed) {
        return new ComponentBackup(
                component, State.TAKEN, 0, backup, snapshot, takenAt, files, bytes, consistency, changed, null, null);
    }

    /** Whether this is the id of its backup or of its snapshot. */
    public boolean isNamed(String backupOrSnapshot) {
        return Stream.of(
                        Optional.ofNullable(backup).map(BackupId::value),
                        Optional.ofNullable(snapshot).map(SnapshotRef::value))
                .flatMap(Optional::stream)
                .anyMatch(backupOrSnapshot::equals);
    }

    /** Whether the text is the id of the backup, or that of its snapshot, which may be as short as people write it. */
    boolean isMeantBy(String text) {
        boolean snapshotIs =
                snapshot != null && text.length() >= 8 && snapshot.value().startsWith(text);
        return snapshotIs || isNamed(text);
    }

    /** What is known once the other news has come in too, in whichever order they come: a snapshot is final, and one
     * of the events that tell of it says more than the others. */
    ComponentBackup or(ComponentBackup news) {
        if (state == State.TAKEN) {
            return changed == null && news.changed != null && news.snapshot != null && news.snapshot.equals(snapshot)
                    ? news
                    : this;
        }
        if (news.state == State.TAKEN) {
            return news;
        }
        if (attempt != news.attempt) {
            return attempt > news.attempt ? this : news;
        }
        return state.compareTo(news.state) >= 0 ? this : news;
    }
}
