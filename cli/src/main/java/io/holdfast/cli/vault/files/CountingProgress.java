package io.holdfast.cli.vault.files;

import io.holdfast.cli.terminal.ProgressText;
import io.holdfast.vault.feedback.FileFate;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.model.SnapshotId;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Counts what a vault is told to do, for a progress line. */
final class CountingProgress implements Progress {

    private final String what;
    private final LongAdder files = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private volatile long filesAhead;
    private volatile long bytesAhead;
    private volatile boolean committed;
    private boolean wantsTotal = true;

    private volatile @Nullable BiConsumer<String, FileFate> naming;

    CountingProgress(String what) {
        this.what = what;
    }

    @Override
    public void scanned(long files, long bytes) {
        filesAhead = files;
        bytesAhead = bytes;
    }

    @Override
    public void advanced(long files, long bytes) {
        this.files.add(files);
        this.bytes.add(bytes);
    }

    @Override
    public void committed(SnapshotId snapshot) {
        committed = true;
    }

    @Override
    public boolean wantsFiles() {
        return naming != null;
    }

    @Override
    public void file(String path, FileFate fate) {
        BiConsumer<String, FileFate> listener = naming;
        if (listener != null) {
            listener.accept(path, fate);
        }
    }

    /** Tells of each file from now on. */
    void naming(BiConsumer<String, FileFate> listener) {
        naming = listener;
    }

    void withoutTotal() {
        wantsTotal = false;
    }

    @Override
    public boolean wantsTotal() {
        return wantsTotal;
    }

    boolean isCommitted() {
        return committed;
    }

    ProgressText text() {
        return new ProgressText(what, files.sum(), bytes.sum(), filesAhead, bytesAhead);
    }
}
