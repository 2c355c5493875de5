package io.holdfast.sources.files;

import io.holdfast.plan.Source;
import io.holdfast.sources.component.SourceException;
import io.holdfast.vault.files.Patterns;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks for a file that a choice by patterns takes, so that a mistaken pattern is no quiet success. */
final class Included {

    private final List<Path> paths;
    private final Patterns include;
    private final Patterns exclude;

    private Included(List<Path> paths, Patterns include, Patterns exclude) {
        this.paths = paths;
        this.include = include;
        this.exclude = exclude;
    }

    /** Fails if there is none. A file that the plan names itself is one. */
    static void require(Source.Files source) throws IOException {
        String include = String.join(", ", source.include());
        if (!of(source).isThere()) {
            throw new SourceException(
                    "HF-Q04",
                    "No file in %s matches %s. Nothing was captured; earlier snapshots are safe. Correct include in the plan, or remove the component if there is nothing to keep."
                            .formatted(
                                    source.paths().stream().map(Path::toString).collect(Collectors.joining(", ")),
                                    include));
        }
    }

    private static Included of(Source.Files source) throws SourceException {
        try {
            return new Included(source.paths(), Patterns.of(source.include()), Patterns.of(source.exclude()));
        } catch (IllegalArgumentException e) {
            throw new SourceException(
                    "HF-Q05",
                    "%s. Nothing was captured; earlier snapshots are safe. Correct the pattern in the plan."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private boolean isThere() throws IOException {
        for (Path path : paths) {
            Path root = path.toRealPath();
            if (!Files.isDirectory(root)) {
                return true;
            }
            var finder = new Finder(path, root);
            Files.walkFileTree(root, finder);
            if (finder.found) {
                return true;
            }
        }
        return false;
    }

    private final class Finder extends SimpleFileVisitor<Path> {

        private final Path named;
        private final Path root;
        private boolean found;

        private Finder(Path named, Path root) {
            this.named = named;
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return !directory.equals(root) && matches(exclude, directory)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found = matches(include, file) && !matches(exclude, file);
            return found ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }

        private boolean matches(Patterns patterns, Path file) {
            return patterns.match(root.relativize(file), named);
        }
    }
}
