package io.holdfast.sources.docker;

import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SnapshotFiles.Placement;
import io.holdfast.sources.component.SourceException;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory that this process reads by itself: files that did not change are not read again. */
record DirectoryOnHost(Path directory) implements DataPlace {

    @Override
    public boolean isEmpty() throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            return !children.iterator().hasNext();
        }
    }

    @Override
    public Root root(String at) {
        return new Root.Tree(directory, at);
    }

    @Override
    public Replacement prepare(SnapshotFiles files, Layout layout) throws IOException {
        if (!files.isDirectory(layout.directory())) {
            throw new SourceException(
                    "HF-Q17",
                    "The snapshot holds no directory %s. Nothing was touched. Choose another snapshot."
                            .formatted(layout.directory()));
        }
        return () -> files.restore(layout.directory(), new Placement(directory, true, layout.excludes()));
    }
}
