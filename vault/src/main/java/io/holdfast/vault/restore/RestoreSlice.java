package io.holdfast.vault.restore;

import io.holdfast.vault.restore.RestoreSpec.Option;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * As many files as are brought to their places together: all are written beside their places, made durable at once, and
 * then renamed. What has to wait for them, other names and the directories they lie in, is done after that.
 */
final class RestoreSlice {

    private static final int MOST_FILES = 20_000;

    /** Files of several chunks stay open while those are collected. */
    private static final int MOST_OPEN = 256;

    /** Room that is needed beside what is replaced. */
    private static final long MOST_BYTES = 4L * 1024 * 1024 * 1024;

    /** Something that is done once the files are in their places. */
    interface Step {
        void run() throws IOException;
    }

    private final RestoreTarget target;
    private final RestoreContents contents;
    private final RestoreDurability durability;
    private final Workers workers;
    private List<RestoreFile> files = new ArrayList<>();
    private List<Step> steps = new ArrayList<>();
    private int large;
    private long bytes;

    RestoreSlice(RestoreTarget target, RestoreContents contents, RestoreDurability durability, Workers workers) {
        this.target = target;
        this.contents = contents;
        this.durability = durability;
        this.workers = workers;
    }

    void add(RestoreFile file) throws IOException {
        files.add(file);
        large += file.chunks() > 1 ? 1 : 0;
        bytes += file.size();
    }

    void afterwards(Step step) {
        steps.add(step);
    }

    boolean isFull() {
        return files.size() >= MOST_FILES || steps.size() >= MOST_FILES || large >= MOST_OPEN || bytes >= MOST_BYTES;
    }

    void bring() throws IOException {
        List<RestoreFile> now = files;
        List<Step> then = steps;
        files = new ArrayList<>();
        steps = new ArrayList<>();
        large = 0;
        bytes = 0;
        try {
            workers.each(now, RestoreFile::compare);
            if (target.isDryRun()) {
                now.forEach(RestoreFile::pretend);
            } else {
                write(now);
            }
        } finally {
            now.forEach(RestoreFile::discard);
        }
        for (Step step : then) {
            step.run();
        }
    }

    private void write(List<RestoreFile> now) throws IOException {
        workers.each(now, RestoreFile::copyPresent);
        contents.bring(now);
        List<RestoreFile> written = now.stream().filter(RestoreFile::isWritten).toList();
        durability.contents(written, workers);
        now.forEach(RestoreFile::place);
        if (target.has(Option.VERIFY)) {
            workers.each(now, RestoreFile::verify);
        }
    }
}
