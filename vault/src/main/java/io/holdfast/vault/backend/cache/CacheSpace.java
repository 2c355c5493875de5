package io.holdfast.vault.backend.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The directory of a cache, and the space its files take. Other processes write there too, so what is known of the space
 * is looked at anew from time to time.
 */
final class CacheSpace {

    /** How much of the space stays used after making room, and how much may be written between two looks. */
    private static final double KEPT = 0.9;

    /** What tells backup programs to pass a directory over (the Cache Directory Tagging Specification). */
    private static final String TAG = """
            Signature: 8a477f597d28d172789f06886806bc55
            # Encrypted copies of parts of remote repositories. They may be deleted at any time.
            """;

    private final Path directory;
    private final long most;
    private long known = -1;
    private long written;

    /** A file and what decides whether it stays. */
    private record Cached(Path file, long size, FileTime used) {}

    CacheSpace(Path directory, long most) {
        this.directory = directory;
        this.most = most;
    }

    Path directory() {
        return directory;
    }

    /** Puts a file in place at once, and makes room where there is too little. A file larger than the cache is left out. */
    void write(Path file, byte[] content) throws IOException {
        if (content.length > most) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            createDirectory(directory);
            Files.writeString(directory.resolve("CACHEDIR.TAG"), TAG, UTF_8);
        }
        createDirectory(file.resolveSibling(""));
        Path unfinished = file.resolveSibling("%s-tmp-%016x"
                .formatted(file.getFileName(), ThreadLocalRandom.current().nextLong()));
        try {
            Files.write(unfinished, content);
            Files.move(unfinished, file, ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        makeRoom(content.length);
    }

    /** Marks a file as used. */
    void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException _) {
            // It counts as unused for longer than it was, and may go a little early.
        }
    }

    private synchronized void makeRoom(long added) throws IOException {
        written += added;
        if (known >= 0 && known + written <= most && written <= most * (1 - KEPT)) {
            return;
        }
        List<Cached> files = files();
        known = files.stream().mapToLong(Cached::size).sum();
        written = 0;
        if (known > most) {
            files.sort(Comparator.comparing(Cached::used));
            for (Cached oldest : files) {
                if (known <= most * KEPT) {
                    break;
                }
                Files.deleteIfExists(oldest.file());
                known -= oldest.size();
            }
        }
    }

    private List<Cached> files() throws IOException {
        List<Cached> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                add(file, files);
            }
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NoSuchFileException)) {
                throw e.getCause();
            }
        }
        return files;
    }

    private void add(Path file, List<Cached> files) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile() && !directory.equals(file.getParent())) {
                files.add(new Cached(file, attributes.size(), attributes.lastModifiedTime()));
            }
        } catch (NoSuchFileException _) {
            // Another process made room meanwhile.
        }
    }

    private static void createDirectory(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Path parent = path.getParent();
        if (parent != null) {
            createDirectory(parent);
        }
        try {
            Files.createDirectory(path, ownersOnly(path));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }

    private static FileAttribute<?>[] ownersOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
