package io.holdfast.vault.restore;

import io.holdfast.vault.files.Inode;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way to its place: compared, written, put there. Whatever goes wrong with it is a problem, and what had
 * its name keeps its state.
 */
final class RestoreFile {

    private enum State {
        PLANNED,
        /** The target holds its content already. */
        PRESENT,
        /** Whole, but not in its place yet. */
        WRITTEN,
        DONE,
        FAILED
    }

    /** Told of content that is needed. */
    interface Need {
        void of(BlobId chunk, long position) throws IOException;
    }

    private final WantedFile wanted;
    private final @Nullable LinkSource source;
    private final PresentContent present;
    private final RestoreOutput output;
    private final AtomicInteger missing;

    private volatile State state = State.PLANNED;

    /** @param source told when it is in its place, for its other names; null when it has none */
    RestoreFile(WantedFile wanted, @Nullable LinkSource source) {
        this.wanted = wanted;
        this.source = source;
        present = new PresentContent(wanted);
        output = new RestoreOutput(wanted);
        missing = new AtomicInteger(wanted.chunks());
    }

    RestoreLevel level() {
        return wanted.level();
    }

    /** How many chunks it has. */
    int chunks() {
        return wanted.chunks();
    }

    long size() {
        return wanted.size();
    }

    boolean isPlanned() {
        return state == State.PLANNED;
    }

    boolean isWritten() {
        return state == State.WRITTEN;
    }

    /** Finds out what the target's file holds already. */
    void compare() {
        Metadata now = wanted.now();
        if (now == null || now.type() != NodeType.FILE) {
            return;
        }
        if (present.isTrusted()) {
            state = State.PRESENT;
        } else {
            present.find();
            missing.set(chunks() - present.count());
            if (present.isWhole() && wanted.mayChange()) {
                state = State.PRESENT;
            }
        }
        if (state == State.PRESENT) {
            findings().present(size());
        }
    }

    /** Writes what needs nothing from the repository, from the target's own file. */
    void copyPresent() {
        if (state != State.PLANNED || (present.count() == 0 && chunks() > 0)) {
            return;
        }
        try {
            output.open();
            if (output.isBeside() && present.count() > 0) {
                present.copyTo(output);
                missing.set(chunks() - present.count());
            }
            if (missing.get() == 0) {
                finish();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Names the content that has to come from the repository. */
    void missing(Need need) throws IOException {
        long position = 0;
        for (int i = 0; i < chunks() && state == State.PLANNED; i++) {
            if (!present.has(i)) {
                need.of(wanted.node().content().get(i), position);
            }
            position += wanted.lengths()[i];
        }
    }

    /** Writes a verified chunk, which a buffer begins with; may be called by several threads at once, for different chunks. */
    void write(byte[] buffer, int length, long position) {
        if (state != State.PLANNED) {
            return;
        }
        try {
            output.write(buffer, length, position);
            findings().content(length);
            if (missing.decrementAndGet() == 0) {
                finish();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void finish() throws IOException {
        output.finish();
        state = State.WRITTEN;
    }

    /** Returns when the written file survives a power loss, under whatever name it has. */
    void sync() throws IOException {
        output.sync();
    }

    /** Brings the file to its place, if it is whole. */
    void place() {
        try {
            switch (state) {
                case WRITTEN -> {
                    output.place();
                    isDone(true);
                }
                case PRESENT -> {
                    adjust();
                    isDone(false);
                }
                case PLANNED, DONE, FAILED -> {}
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void isDone(boolean isNew) {
        state = State.DONE;
        if (isNew) {
            findings().written(level().place(), wanted.name());
        } else {
            findings().unchanged(level().place(), wanted.name());
        }
        if (source != null) {
            source.whole(isNew);
        }
    }

    private void adjust() throws IOException {
        Metadata now = wanted.now();
        Metadata then = wanted.node().metadata();
        RestoreAttributes attributes = wanted.target().attributes();
        if (now == null || attributes.areSet(now, then, wanted.path())) {
            return;
        }
        wanted.in(directory -> {
            try (Inode held = directory.hold(wanted.name())) {
                if (held.stat().inode() != now.inode()) {
                    throw new FileSystemException(wanted.path(), null, "was replaced by something else meanwhile");
                }
                attributes.apply(held, then, wanted.path());
            }
        });
        level().changed();
    }

    /** For a dry run: tells what {@link #place} would have done. */
    void pretend() {
        boolean isNew = state == State.PLANNED;
        for (int i = 0; i < chunks() && isNew; i++) {
            if (!present.has(i)) {
                findings().content(wanted.lengths()[i]);
            }
        }
        wanted.target()
                .attributes()
                .foretell(isNew ? null : wanted.now(), wanted.node().metadata(), wanted.path());
        isDone(isNew);
    }

    /** Reads the file in its place again. */
    void verify() {
        if (state == State.DONE) {
            PresentContent again = new PresentContent(wanted);
            again.find();
            if (!again.isWhole()) {
                findings().problem(wanted.path(), "differs from the snapshot when it is read again");
            }
        }
    }

    void fail(IOException e) {
        synchronized (this) {
            if (state == State.FAILED) {
                return;
            }
            state = State.FAILED;
        }
        findings().problem(wanted.path(), e);
        if (chunks() <= 1) {
            output.discard();
        }
    }

    /** Takes away what was written and did not come to its place. Nobody may be writing any more. */
    void discard() {
        output.discard();
    }

    private RestoreFindings findings() {
        return wanted.target().findings();
    }
}
