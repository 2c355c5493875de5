package io.holdfast.worker;

import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.SourceException;
import io.holdfast.vault.CommitGuard;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** Lets a component go on as soon as all of it was read, and looks whether it did, before anything is committed. */
final class EndOfCapture implements CommitGuard {

    /** Refuses the commit by an exception. */
    @FunctionalInterface
    interface Check {
        void run() throws IOException;
    }

    private final Closeable bracket;
    private final Capture capture;
    private final Check beforeCommit;
    private @Nullable SourceException failure;

    /** @param bracket what keeps the component at rest */
    EndOfCapture(Closeable bracket, Capture capture, Check beforeCommit) {
        this.bracket = bracket;
        this.capture = capture;
        this.beforeCommit = beforeCommit;
    }

    @Override
    public void everythingRead() throws IOException {
        try {
            bracket.close();
            capture.validate();
        } catch (SourceException e) {
            failure = e;
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while the component was to go on");
        }
    }

    @Override
    public void beforeCommit() throws IOException {
        beforeCommit.run();
    }

    /** Fails if the component did not end well, though its data were stored. */
    void requireGoodEnd(Snapshot stored) throws SourceException {
        if (failure != null) {
            throw failure.with("What was read is kept as snapshot %s, which counts as no good backup."
                    .formatted(stored.id().shortForm()));
        }
    }
}
