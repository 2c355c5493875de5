package io.holdfast.vault.backup;

import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;

/**
 * What became of a backup.
 *
 * @param snapshot without an id when it was not stored
 * @param stored whether the snapshot is in the repository; otherwise the backup was a dry run, or nothing had changed
 * @param problems files that could not be read, or not to their end; the snapshot is incomplete unless this is empty
 * @param changes files that vanished or changed while they were read; unless this is empty, what the snapshot holds is of
 *     several moments
 */
public record BackupResult(Snapshot snapshot, boolean stored, List<Problem> problems, List<Change> changes) {

    public BackupResult {
        problems = List.copyOf(problems);
        changes = List.copyOf(changes);
    }

    public boolean isComplete() {
        return problems.isEmpty();
    }
}
