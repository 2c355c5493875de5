package io.holdfast.vault;

import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;

/**
 * A backup that was stored.
 *
 * @param problems files that could not be read, vanished, or changed while they were read; the snapshot is incomplete
 *     unless this is empty
 */
public record BackupResult(Snapshot snapshot, List<Problem> problems) {

    public BackupResult {
        problems = List.copyOf(problems);
    }

    public boolean isComplete() {
        return problems.isEmpty();
    }
}
