package io.holdfast.sources.quiesce;

import io.holdfast.sources.durable.DurableFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may decide about a thing: one bracket at a time, among the threads and the processes of a site. Things share a fixed
 * number of lock files, so that none is left behind for a container that is gone.
 */
final class Turns {

    private static final int FILES = 64;
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** File locks alone do not hold between the threads of one process. */
    private static final ConcurrentHashMap<Path, Semaphore> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    /** Held until it is closed. */
    interface Turn extends Closeable {}

    private final Path directory;

    Turns(Path directory) throws IOException {
        DurableFiles.createDirectory(directory);
        this.directory = directory.toRealPath();
    }

    /**
     * Waits for the turn at all of these.
     *
     * @return empty if somebody else still has one of them after {@code patience}
     */
    Optional<Turn> take(Stream<String> keys, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<Closeable> held = new ArrayList<>();
        try {
            // In order, so that two who want the same never wait for each other.
            for (String file : new TreeSet<>(keys.map(Turns::file).toList())) {
                Closeable one = one(directory.resolve(file), deadline);
                if (one == null) {
                    release(held);
                    return Optional.empty();
                }
                held.add(one);
            }
            return Optional.of(() -> release(held));
        } catch (IOException | RuntimeException e) {
            release(held);
            throw e;
        }
    }

    private static String file(String key) {
        return "%02d.lock".formatted(Math.floorMod(key.hashCode(), FILES));
    }

    private static @Nullable Closeable one(Path file, long deadline) throws IOException {
        Semaphore turn = IN_THIS_PROCESS.computeIfAbsent(file, _ -> new Semaphore(1, true));
        try {
            if (!turn.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return null;
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        try {
            FileChannel channel = lock(file, deadline);
            if (channel == null) {
                turn.release();
                return null;
            }
            return () -> {
                try {
                    channel.close();
                } finally {
                    turn.release();
                }
            };
        } catch (IOException | RuntimeException e) {
            turn.release();
            throw e;
        }
    }

    private static @Nullable FileChannel lock(Path file, long deadline) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock;
            while ((lock = channel.tryLock()) == null && System.nanoTime() - deadline < 0) {
                try {
                    Thread.sleep(PAUSE);
                } catch (InterruptedException e) {
                    throw interrupted();
                }
            }
            if (lock == null) {
                channel.close();
                return null;
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for a bracket");
    }

    private static void release(List<Closeable> held) throws IOException {
        for (Closeable one : held.reversed()) {
            one.close();
        }
        held.clear();
    }
}
