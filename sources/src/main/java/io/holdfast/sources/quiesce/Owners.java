package io.holdfast.sources.quiesce;

import io.holdfast.sources.durable.DurableFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Which processes that may open brackets are alive: each holds a lock on a file of its own until it dies. */
final class Owners {

    private static final String SUFFIX = ".lock";

    /**
     * Those of this process. Their files must not even be opened: closing a file gives up every lock that the process has on
     * it.
     */
    private static final Set<Path> IN_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path directory;

    Owners(Path directory) throws IOException {
        DurableFiles.createDirectory(directory);
        this.directory = directory.toRealPath();
    }

    /** One who may open brackets, until it is closed or the process dies. */
    record Owner(String name, Path file, FileChannel channel) implements Closeable {

        @Override
        public void close() throws IOException {
            channel.close();
            IN_THIS_PROCESS.remove(file);
            Files.deleteIfExists(file);
        }
    }

    Owner register() throws IOException {
        while (true) {
            String name = UUID.randomUUID().toString();
            Path file = directory.resolve(name + SUFFIX);
            IN_THIS_PROCESS.add(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.lock();
            if (Files.exists(file)) {
                return new Owner(name, file, channel);
            }
            // Somebody forgot it before it was locked.
            channel.close();
            IN_THIS_PROCESS.remove(file);
        }
    }

    boolean isAlive(String name) throws IOException {
        return isAlive(directory.resolve(name + SUFFIX));
    }

    /** Whether anyone is alive; nobody is where all of this was deleted. Forgets those who are not. */
    boolean anyAlive() throws IOException {
        boolean any = false;
        for (Path file : files()) {
            any |= isAlive(file);
        }
        return any;
    }

    private List<Path> files() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            return found;
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Forgets it if it is dead, before anyone else could lock it. */
    private static boolean isAlive(Path file) throws IOException {
        if (IN_THIS_PROCESS.contains(file)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                Files.deleteIfExists(file);
            }
            return lock == null;
        } catch (NoSuchFileException _) {
            return false;
        } catch (OverlappingFileLockException _) {
            return true;
        }
    }
}
