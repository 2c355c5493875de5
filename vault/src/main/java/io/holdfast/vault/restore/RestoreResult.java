package io.holdfast.vault.restore;

import io.holdfast.vault.feedback.Problem;
import java.util.List;

/**
 * What a restore did; for a dry run, what it would have done.
 *
 * @param written files, links, fifos and devices that were made or replaced
 * @param unchanged those that were as in the snapshot already
 * @param skipped those that exist and were not to be overwritten
 * @param deleted what the snapshot did not hold
 * @param bytes content written
 * @param problems what could not be brought back, by path; the restore is incomplete unless this is empty
 * @param altered what is back and yet not as it was
 */
public record RestoreResult(
        long written, long unchanged, long skipped, long deleted, long bytes, List<Problem> problems, Altered altered) {

    public RestoreResult {
        problems = List.copyOf(problems);
    }

    public boolean isComplete() {
        return problems.isEmpty();
    }
}
