package io.holdfast.sources.docker;

import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often a directory is read as a whole. */
record CountedFiles(SnapshotFiles files, AtomicInteger count) implements SnapshotFiles {

    CountedFiles(SnapshotFiles files) {
        this(files, new AtomicInteger());
    }

    int tars() {
        return count.get();
    }

    @Override
    public List<String> children(String directory) throws IOException {
        return files.children(directory);
    }

    @Override
    public void dump(String file, OutputStream out) throws IOException {
        files.dump(file, out);
    }

    @Override
    public boolean isDirectory(String path) throws IOException {
        return files.isDirectory(path);
    }

    @Override
    public void tar(String directory, String name, OutputStream out) throws IOException {
        count.incrementAndGet();
        files.tar(directory, name, out);
    }

    @Override
    public Restored restore(String path, Placement placement) throws IOException {
        return files.restore(path, placement);
    }
}
