package io.holdfast.sources.stream;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A directory in which another process, such as a server, writes and removes files meanwhile. */
public final class LiveDirectory {

    private LiveDirectory() {}

    /**
     * The directory and all below it; links are not followed. What went away after its directory was listed may be left
     * out, and what is named may be gone when its turn comes.
     *
     * @param depth how many names a path below the directory may have
     */
    public static List<Path> tree(Path directory, int depth) throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(directory, Set.of(), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                found.add(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                found.add(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
                return goOn(path, e);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e) throws IOException {
                return goOn(path, e);
            }

            private FileVisitResult goOn(Path path, @Nullable IOException e) throws IOException {
                if (e == null || (e instanceof NoSuchFileException && !path.equals(directory))) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return found;
    }
}
