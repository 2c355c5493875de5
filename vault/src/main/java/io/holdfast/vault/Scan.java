package io.holdfast.vault;

import io.holdfast.vault.files.Patterns;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** How much lies ahead. An estimate for people: what cannot be looked at is left out. */
final class Scan {

    private long files;
    private long bytes;

    static Scan of(List<Root> roots, Patterns excludes) throws IOException {
        Scan scan = new Scan();
        for (Root root : roots) {
            switch (root) {
                case Root.Tree tree -> scan.walk(tree.from().toRealPath(), excludes);
                case Root.Generated generated -> scan.add(generated.content().length);
            }
        }
        return scan;
    }

    void report(Progress progress) {
        progress.scanned(files, bytes);
    }

    private void add(long size) {
        files++;
        bytes += size;
    }

    private void walk(Path root, Patterns excludes) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return isExcluded(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !isExcluded(file)) {
                    add(attributes.size());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, java.io.IOException e) {
                return FileVisitResult.CONTINUE;
            }

            private boolean isExcluded(Path path) {
                if (excludes.isEmpty() || path.equals(root)) {
                    return false;
                }
                List<String> below = new ArrayList<>();
                root.relativize(path).forEach(part -> below.add(part.toString()));
                List<String> absolute = new ArrayList<>();
                root.forEach(part -> absolute.add(part.toString()));
                return excludes.match(below, List.of(absolute));
            }
        });
    }
}
