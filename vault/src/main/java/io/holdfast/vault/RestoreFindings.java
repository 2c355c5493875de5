package io.holdfast.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a restore meets and does. Any thread may tell; the listener hears of it from one at a time. */
final class RestoreFindings {

    private final Progress progress;
    private final List<Problem> problems = new ArrayList<>();
    private long written;
    private long unchanged;
    private long skipped;
    private long deleted;
    private long bytes;

    RestoreFindings(Progress progress) {
        this.progress = progress;
    }

    synchronized void problem(Object path, String what) {
        problems.add(new Problem(path.toString(), what));
    }

    void problem(Object path, IOException e) {
        problem(path, Problem.reason(e));
    }

    /** Content that was brought to the target. */
    synchronized void content(long length) {
        bytes += length;
        progress.advanced(0, length);
    }

    /** Content that the target holds already. */
    synchronized void present(long length) {
        progress.advanced(0, length);
    }

    synchronized void written() {
        written++;
        progress.advanced(1, 0);
    }

    synchronized void unchanged() {
        unchanged++;
        progress.advanced(1, 0);
    }

    synchronized void skipped(long length) {
        skipped++;
        progress.advanced(1, length);
    }

    synchronized void deleted() {
        deleted++;
    }

    synchronized RestoreResult result() {
        problems.sort(Comparator.comparing(Problem::path));
        return new RestoreResult(written, unchanged, skipped, deleted, bytes, problems);
    }
}
