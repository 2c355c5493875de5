package io.holdfast.vault.backup;

import io.holdfast.vault.feedback.FileFate;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.files.Directory;
import io.holdfast.vault.index.Written;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.snapshot.Summary;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a backup meets on its way. Any thread may tell; the listener hears of it from one at a time. */
final class Findings {

    private final Progress progress;
    private final Counts counts = new Counts();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    Findings(Progress progress) {
        this.progress = progress;
    }

    /** Something that cannot be captured, and how. */
    void problem(Directory in, Name entry, String what) {
        problem(new Problem(path(in, entry), what));
    }

    /** Something that could not be read. What is gone by now only changed. */
    void failed(Directory in, Name entry, String what, IOException e) {
        if (e instanceof NoSuchFileException) {
            changed(in, entry, Change.Kind.VANISHED);
        } else {
            problem(in, entry, "%s: %s".formatted(what, Problem.reason(e)));
        }
    }

    synchronized void changed(Directory in, Name entry, Change.Kind kind) {
        changes.add(new Change(path(in, entry), kind));
    }

    synchronized boolean hasVanished(Directory in, Name entry) {
        return changes.contains(new Change(path(in, entry), Change.Kind.VANISHED));
    }

    private static String path(Directory in, Name entry) {
        return in.path().resolve(entry.toString()).toString();
    }

    synchronized void problem(Problem problem) {
        problems.add(problem);
    }

    synchronized void read(long bytes) {
        progress.advanced(0, bytes);
    }

    void stored(Directory in, Name entry, @Nullable Node before, Node file) {
        stored(() -> path(in, entry), before, file);
    }

    /** A file whose content was read; one that is the same as it was in the parent snapshot counts as unmodified. */
    synchronized void stored(Supplier<String> path, @Nullable Node before, Node file) {
        boolean same = file.equals(before);
        counts.file(before, file, same);
        progress.advanced(1, 0);
        tell(path, before == null ? FileFate.NEW : same ? FileFate.UNCHANGED : FileFate.MODIFIED);
    }

    void unmodified(Directory in, Name entry, Node before, Node file) {
        unmodified(() -> path(in, entry), before, file);
    }

    /** A file whose content is that of the parent snapshot. */
    synchronized void unmodified(Supplier<String> path, Node before, Node file) {
        counts.file(before, file, true);
        progress.advanced(1, file.metadata().size());
        tell(path, FileFate.UNCHANGED);
    }

    private void tell(Supplier<String> path, FileFate fate) {
        if (progress.wantsFiles()) {
            progress.file(path.get(), fate);
        }
    }

    synchronized void directory(@Nullable Node before, Node directory) {
        counts.directory(before, directory);
    }

    synchronized void packStored(PackId pack) {
        progress.packStored(pack);
    }

    /** Ordered by path. */
    synchronized List<Problem> problems() {
        return problems.stream().sorted(Comparator.comparing(Problem::path)).toList();
    }

    /** Ordered by path. */
    synchronized List<Change> changes() {
        return changes.stream().sorted(Comparator.comparing(Change::path)).toList();
    }

    synchronized Summary summary(Instant start, Instant end, Written written) {
        return counts.summary(start, end, written);
    }
}
