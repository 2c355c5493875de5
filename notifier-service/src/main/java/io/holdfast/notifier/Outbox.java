package io.holdfast.notifier;

import io.holdfast.events.EventJson;
import io.holdfast.events.NoticeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices on their way, one file each: taken in before their record is acknowledged, settled before their outcome is
 * announced, and remembered afterwards. Each step is durable when its method returns; disk failures come as
 * {@link UncheckedIOException} and leave the step undone.
 *
 * <pre>
 * waiting/&lt;notice id&gt;   taken in
 * settled/&lt;notice id&gt;   sent, or given up
 * lock                  held while a notifier uses the directory
 * </pre>
 */
final class Outbox implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    private final Path waitingFiles;
    private final Path settledFiles;
    private final FileChannel lock;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    private Outbox(Path directory, FileChannel lock) throws IOException {
        this.lock = lock;
        this.waitingFiles = Files.createDirectories(directory.resolve("waiting"));
        this.settledFiles = Files.createDirectories(directory.resolve("settled"));
        try (Stream<Path> files = Files.list(waitingFiles)) {
            files.forEach(this::load);
        }
    }

    /**
     * Opens the directory and makes it this process's own.
     *
     * @throws IllegalStateException if it cannot be used, with an operator's text
     */
    static Outbox open(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel lock =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(lock) == null) {
                lock.close();
                throw new IllegalStateException(
                        "HF-N07 The notifier's state directory %s is in use by another notifier. No notice is lost or sent twice. Stop the other one, or give this one its own holdfast.notifier.state-directory."
                                .formatted(directory.toAbsolutePath()));
            }
            return new Outbox(directory, lock);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "HF-N08 The notifier's state directory %s cannot be used: %s. Notices wait on topic holdfast.notices. Make it a directory the notifier may write to, or set holdfast.notifier.state-directory."
                            .formatted(directory.toAbsolutePath(), e),
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel lock) throws IOException {
        try {
            return lock.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    /** Takes a notice in; false when it is known already. */
    boolean accept(Waiting notice) {
        String id = notice.notice().notice().value();
        if (waiting.containsKey(id) || Files.exists(settledFiles.resolve(id))) {
            return false;
        }
        write(waitingFiles.resolve(id), notice);
        waiting.put(id, notice);
        return true;
    }

    /** What is to be done, oldest first. */
    List<Waiting> waiting() {
        return waiting.values().stream()
                .sorted(Comparator.comparing(Waiting::acceptedAt))
                .toList();
    }

    /** How a notice ended, if it did and only the announcement is missing. */
    Optional<Outcome> outcome(NoticeId notice) {
        Path file = settledFiles.resolve(notice.value());
        return Files.exists(file) ? Optional.of(read(file, Outcome.class)) : Optional.empty();
    }

    /** Remembers how a notice ended: from here on it is never sent again. */
    void settle(Outcome outcome) {
        write(settledFiles.resolve(outcome.event().notice().value()), outcome);
    }

    /** The outcome is announced; nothing is left to do. */
    void finish(NoticeId notice) {
        try {
            Files.deleteIfExists(waitingFiles.resolve(notice.value()));
            waiting.remove(notice.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets what ended before an instant. */
    void forget(Instant before) {
        try (Stream<Path> files = Files.list(settledFiles)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)
                        && !waiting.containsKey(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private void load(Path file) {
        try {
            Waiting notice = read(file, Waiting.class);
            waiting.put(notice.notice().notice().value(), notice);
        } catch (IllegalArgumentException e) {
            log.error(
                    "HF-N09 The notice in {} cannot be read and is left where it is: {}. All others are sent. Read the file, tell its addressee, and remove it.",
                    file,
                    e.getMessage());
        }
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return EventJson.read(Files.readAllBytes(file), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, Object value) {
        Path directory = file.resolveSibling("..").normalize();
        Path unfinished = directory.resolve("unfinished-" + file.getFileName());
        try {
            Files.write(
                    unfinished,
                    EventJson.write(value),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
            force(unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            force(file.resolveSibling("."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
