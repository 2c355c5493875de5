package io.holdfast.vault.backend.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a cache holds of one repository.
 *
 * @param repository its id
 * @param used when something of it was last read or written
 * @param bytes what its files take
 */
public record Kept(String repository, Path directory, Instant used, long bytes) {

    static boolean isId(String name) {
        return name.matches("[0-9a-f]{64}");
    }

    static List<Kept> in(Path cache) throws IOException {
        List<Kept> all = new ArrayList<>();
        try (Stream<Path> directories = Files.list(cache)) {
            for (Path directory : (Iterable<Path>) directories.sorted()::iterator) {
                if (isId(String.valueOf(directory.getFileName())) && Files.isDirectory(directory)) {
                    all.add(of(directory));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        }
        return all;
    }

    private static Kept of(Path directory) throws IOException {
        Instant used = Instant.EPOCH;
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                Instant modified = attributes.lastModifiedTime().toInstant();
                used = modified.isAfter(used) ? modified : used;
                bytes += attributes.isRegularFile() ? attributes.size() : 0;
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Kept(String.valueOf(directory.getFileName()), directory, used, bytes);
    }

    /** Removes it. Whoever uses it meanwhile reads from the repository instead. */
    public void remove() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(directory)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
