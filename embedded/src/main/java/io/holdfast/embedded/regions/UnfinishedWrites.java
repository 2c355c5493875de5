package io.holdfast.embedded.regions;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;

/**
 * An object is written beside its place, under its name and a random UUID, and then moved there. A killed process
 * leaves the first file behind, where it would be listed as an object. Only names that a repository's files have are
 * touched.
 */
final class UnfinishedWrites {

    private static final Pattern LEFT_BEHIND =
            Pattern.compile("([0-9a-f]{64}|config)-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private UnfinishedWrites() {}

    /** Must not run while the bucket is served. */
    static void removeFrom(Path bucket) throws IOException {
        Files.walkFileTree(bucket, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (isLeftBehind(file.getFileName().toString())) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static boolean isLeftBehind(String name) {
        return LEFT_BEHIND.matcher(name).matches();
    }
}
