package io.holdfast.vault.backend.local;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Writes that survive a power loss once they return, and that no reader ever sees half done. */
record DurableFiles(ChannelBytes bytes) {

    /** Puts what a buffer begins with in place of whatever has the name. */
    void replace(Path file, byte[] buffer, int length, Modes modes) throws IOException {
        Path unfinished = write(file, buffer, length, modes);
        try {
            Files.move(unfinished, file, ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        forceDirectory(parent(file), modes);
    }

    /** Fails with {@link FileAlreadyExistsException} when the name is taken, also when two try at the same time. */
    void create(Path file, byte[] content, Modes modes) throws IOException {
        Path unfinished = write(file, content, content.length, modes);
        try {
            link(unfinished, file);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        forceDirectory(parent(file), modes);
    }

    /** Creates the directory and its missing parents, each of them durable. */
    static void createDirectories(Path directory, Modes modes) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            createDirectories(parent, modes);
        }
        createDirectory(directory, modes);
        if (parent != null) {
            forceDirectory(parent, modes);
        }
    }

    /** Creates what is missing of the directories, all of them durable together. */
    static void createDirectoriesIn(Path parent, List<String> names, Modes modes) throws IOException {
        for (String name : names) {
            createDirectory(parent.resolve(name), modes);
        }
        forceDirectory(parent, modes);
    }

    private static void createDirectory(Path directory, Modes modes) throws IOException {
        try {
            Files.createDirectory(directory, modes.ofDirectory());
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    private Path write(Path file, byte[] buffer, int length, Modes modes) throws IOException {
        Path unfinished = file.resolveSibling("%s-tmp-%016x"
                .formatted(file.getFileName(), ThreadLocalRandom.current().nextLong()));
        try (FileChannel channel = FileChannel.open(unfinished, Set.of(CREATE_NEW, WRITE), modes.ofUnfinishedFile())) {
            bytes.write(channel, buffer, length);
            modes.finish(unfinished);
            channel.force(true);
            return unfinished;
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    private static void link(Path unfinished, Path file) throws IOException {
        try {
            Files.createLink(file, unfinished);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.move(unfinished, file, ATOMIC_MOVE);
        }
    }

    private static void forceDirectory(Path directory, Modes modes) throws IOException {
        if (modes.posix()) {
            try (FileChannel channel = FileChannel.open(directory, READ)) {
                channel.force(true);
            }
        }
    }

    static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("'%s' lies in no directory".formatted(file));
        }
        return parent;
    }
}
