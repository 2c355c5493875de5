package io.holdfast.vault;

import java.util.List;

/**
 * What a restore did.
 *
 * @param written files, links and fifos that were made or replaced
 * @param unchanged those that were as in the snapshot already, their content read again and hashed
 * @param deleted what the snapshot did not hold
 * @param bytes content written
 * @param problems what could not be brought back; the restore is incomplete unless this is empty
 */
public record RestoreResult(long written, long unchanged, long deleted, long bytes, List<Problem> problems) {

    public RestoreResult {
        problems = List.copyOf(problems);
    }

    public boolean isComplete() {
        return problems.isEmpty();
    }
}
