package io.holdfast.vault;

import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;

/**
 * What became of a backup.
 *
 * @param snapshot without an id when it was not stored
 * @param stored whether the snapshot is in the repository; otherwise the backup was a dry run, or nothing had changed
 * @param problems files that could not be read, vanished, or changed while they were read; the snapshot is incomplete
 *     unless this is empty
 */
public record BackupResult(Snapshot snapshot, boolean stored, List<Problem> problems) {

    public BackupResult {
        problems = List.copyOf(problems);
    }

    public boolean isComplete() {
        return problems.isEmpty();
    }
}
