package io.holdfast.vault.restore;

import io.holdfast.vault.feedback.FileFate;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.tree.Name;
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
    private Altered altered = Altered.NOTHING;

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

    synchronized void written(Place in, Name name) {
        written++;
        progress.advanced(1, 0);
        tell(in, name, FileFate.RESTORED);
    }

    synchronized void unchanged(Place in, Name name) {
        unchanged++;
        progress.advanced(1, 0);
        tell(in, name, FileFate.UNCHANGED);
    }

    synchronized void skipped(Place in, Name name, long length) {
        skipped++;
        progress.advanced(1, length);
        tell(in, name, FileFate.SKIPPED);
    }

    synchronized void deleted(Place in, Name name) {
        deleted++;
        tell(in, name, FileFate.DELETED);
    }

    synchronized void ofOther(Object path, long uid, long gid) {
        altered = altered.withOwner(path, uid, gid);
    }

    synchronized void withoutRights(Object path) {
        altered = altered.withoutRights(path);
    }

    synchronized void withoutDevice(Object path) {
        altered = altered.withoutDevice(path);
    }

    private void tell(Place in, Name name, FileFate fate) {
        if (progress.wantsFiles()) {
            progress.file(in.shown(name).toString(), fate);
        }
    }

    synchronized RestoreResult result() {
        problems.sort(Comparator.comparing(Problem::path));
        return new RestoreResult(written, unchanged, skipped, deleted, bytes, problems, altered);
    }
}
