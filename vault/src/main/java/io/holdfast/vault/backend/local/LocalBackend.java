package io.holdfast.vault.backend.local;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.Bandwidth;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A repository in a directory, laid out as restic's local backend does.
 *
 * <p>Storing {@code config} or a key where no repository is yet creates the directory and its whole layout; nothing else
 * does, so a disk that is not mounted is reported and never written beside. After that a missing directory is
 * {@code MISCONFIGURED}, because an empty listing of snapshots would let a prune delete everything. Two may be missing:
 * {@code locks} and the directories below {@code data}, which copies through an object store lack while empty.
 *
 * <p>Where the directory does not exist, {@code config} is {@code NOT_FOUND} (there is no repository) and all else is
 * {@code MISCONFIGURED}. A stored {@code config} is never replaced by a different one.
 */
public final class LocalBackend implements Backend {

    private static final List<String> TYPE_DIRECTORIES = Stream.of(FileType.values())
            .map(FileType::directory)
            .filter(directory -> !directory.isEmpty())
            .toList();
    private static final List<String> DATA_DIRECTORIES =
            IntStream.range(0, 256).mapToObj("%02x"::formatted).toList();

    private final Path root;
    private final LocalFailures failures;
    private final ChannelBytes bytes;
    private final DurableFiles files;
    private volatile boolean seen;

    private LocalBackend(Path root, Bandwidth bandwidth) {
        this.root = root;
        this.failures = new LocalFailures(root);
        this.bytes = new ChannelBytes(bandwidth);
        this.files = new DurableFiles(bytes);
    }

    /** A repository in the directory; it is not touched before the first call. */
    public static LocalBackend at(Path root) {
        return at(root, Bandwidth.unlimited());
    }

    /** The same, written and read no faster than the bandwidth allows. */
    public static LocalBackend at(Path root, Bandwidth bandwidth) {
        return new LocalBackend(root.toAbsolutePath().normalize(), bandwidth);
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public void store(Handle handle, byte[] content) throws BackendException {
        store(handle, content, content.length);
    }

    @Override
    public void store(Handle handle, byte[] buffer, int length) throws BackendException {
        Problem problem = Problem.with("store", handle, location());
        Modes modes = Modes.of(file(Handle.CONFIG));
        try {
            prepare(handle, modes, problem);
            if (handle.type() == FileType.CONFIG) {
                storeConfig(Arrays.copyOf(buffer, length), modes, problem);
            } else {
                files.replace(file(handle), buffer, length, modes);
            }
        } catch (BackendException e) {
            throw e;
        } catch (IOException e) {
            throw failures.of(problem, e, length);
        }
    }

    @Override
    public byte[] load(Handle handle) throws BackendException {
        try (FileChannel channel = FileChannel.open(file(handle))) {
            byte[] content = new byte[Math.toIntExact(channel.size())];
            read(channel, handle, 0, content.length, content);
            return content;
        } catch (BackendException e) {
            throw e;
        } catch (IOException e) {
            throw failed("load", handle, e);
        }
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws BackendException {
        try (FileChannel channel = FileChannel.open(file(handle))) {
            if (length > channel.size() - offset) {
                throw tooShort(channel, handle, offset, length);
            }
            byte[] content = new byte[length];
            read(channel, handle, offset, length, content);
            return content;
        } catch (BackendException e) {
            throw e;
        } catch (IOException e) {
            throw failed("load", handle, e);
        }
    }

    @Override
    public void load(Handle handle, long offset, int length, byte[] buffer) throws BackendException {
        try (FileChannel channel = FileChannel.open(file(handle))) {
            read(channel, handle, offset, length, buffer);
        } catch (BackendException e) {
            throw e;
        } catch (IOException e) {
            throw failed("load", handle, e);
        }
    }

    @Override
    public long size(Handle handle) throws BackendException {
        try {
            return Files.size(file(handle));
        } catch (IOException e) {
            throw failed("find", handle, e);
        }
    }

    @Override
    public Optional<Instant> storedAt(Handle handle) throws BackendException {
        try {
            return Optional.of(Files.getLastModifiedTime(file(handle)).toInstant());
        } catch (IOException e) {
            throw failed("find", handle, e);
        }
    }

    @Override
    public List<Entry> list(FileType type) throws BackendException {
        Problem problem = new Problem("list " + (type == FileType.CONFIG ? "config" : type.directory()), location());
        try {
            if (!isDirectory(root)) {
                throw failures.noRoot(problem, null);
            }
            boolean repository = isRepository(problem);
            if (type == FileType.CONFIG) {
                return repository ? List.of(new Entry(Handle.CONFIG, size(Handle.CONFIG))) : List.of();
            }
            if (isDirectory(directory(type))) {
                return new Listing(root).of(type);
            }
            if (repository && type != FileType.LOCK) {
                throw failures.missing(problem, type.directory());
            }
            return List.of();
        } catch (BackendException e) {
            throw e;
        } catch (IOException e) {
            throw failures.of(problem, e, 0);
        }
    }

    @Override
    public void delete(Handle handle) throws BackendException {
        try {
            if (!Files.deleteIfExists(file(handle)) && !isDirectory(root)) {
                throw failures.noRoot(Problem.with("delete", handle, location()), null);
            }
            if (handle.type() == FileType.CONFIG) {
                seen = false;
            }
        } catch (BackendException e) {
            throw e;
        } catch (IOException e) {
            throw failed("delete", handle, e);
        }
    }

    /** Does nothing: no file is held open between calls. */
    @Override
    public void close() {}

    private void prepare(Handle handle, Modes modes, Problem problem) throws IOException {
        if (isRepository(problem)) {
            if (handle.type() != FileType.LOCK && !isDirectory(directory(handle.type()))) {
                throw failures.missing(problem, handle.type().directory());
            }
        } else if (handle.type() == FileType.CONFIG || handle.type() == FileType.KEY) {
            layOut(modes);
        } else if (!isDirectory(root)) {
            throw failures.noRoot(problem, null);
        }
        DurableFiles.createDirectories(DurableFiles.parent(file(handle)), modes);
    }

    private void layOut(Modes modes) throws IOException {
        DurableFiles.createDirectories(root, modes);
        DurableFiles.createDirectoriesIn(root, TYPE_DIRECTORIES, modes);
        DurableFiles.createDirectoriesIn(directory(FileType.PACK), DATA_DIRECTORIES, modes);
    }

    private void storeConfig(byte[] content, Modes modes, Problem problem) throws IOException {
        try {
            files.create(file(Handle.CONFIG), content, modes);
        } catch (FileAlreadyExistsException e) {
            if (!Arrays.equals(load(Handle.CONFIG), content)) {
                throw problem.because(
                        Kind.MISCONFIGURED,
                        "there is a repository already",
                        "It was not changed. Open that one, or choose another directory.",
                        e);
            }
        }
    }

    private void read(FileChannel channel, Handle handle, long offset, int length, byte[] buffer) throws IOException {
        if (bytes.read(channel, offset, buffer, length) < length) {
            throw tooShort(channel, handle, offset, length);
        }
    }

    private BackendException tooShort(FileChannel channel, Handle handle, long offset, int length) throws IOException {
        return Problem.with("load", handle, location())
                .because(
                        Kind.DAMAGED,
                        "%d bytes were wanted from offset %d, the file has %d"
                                .formatted(length, offset, channel.size()),
                        "Nothing was changed. Check this repository and repair the file from another copy.",
                        null);
    }

    /** Whether a config is there. One that was there and is not any more means another disk, not an empty one. */
    private boolean isRepository(Problem problem) throws IOException {
        try {
            Files.readAttributes(file(Handle.CONFIG), BasicFileAttributes.class);
            seen = true;
            return true;
        } catch (NoSuchFileException _) {
            if (seen) {
                throw failures.gone(problem);
            }
            return false;
        }
    }

    /** Unlike {@link Files#isDirectory} this tells "no" from "could not look". */
    private static boolean isDirectory(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    private BackendException failed(String verb, Handle handle, IOException e) {
        return failures.of(Problem.with(verb, handle, location()), handle, e);
    }

    private Path directory(FileType type) {
        return root.resolve(type.directory());
    }

    private Path file(Handle handle) {
        return root.resolve(handle.path());
    }
}
