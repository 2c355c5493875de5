package io.holdfast.site;

import io.holdfast.events.ComponentId;
import io.holdfast.sources.durable.DurableFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One lease per component for backups and restores alike, so that nothing is captured while it is being put back. It
 * holds between threads and between the processes of one site, and ends with the process that held it. Nobody waits for
 * one with a thread: a capture may take hours.
 */
public final class ComponentLeases {

    /** Shared by all services of one process: file locks alone do not hold between its threads. */
    private static final ConcurrentHashMap<Path, Semaphore> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    /** Held until it is closed. Closing it again does nothing. */
    public interface Lease extends Closeable {}

    private final Path directory;

    public ComponentLeases(SiteSettings site) throws IOException {
        Path leases = site.stateDirectory().resolve("leases");
        DurableFiles.createDirectory(leases);
        this.directory = leases.toRealPath();
    }

    /**
     * Takes all of these, or none of them.
     *
     * @throws InUse where another holds one of them
     */
    public Lease take(Collection<ComponentId> components) throws IOException, InUse {
        var held = new ArrayDeque<Lease>();
        try {
            for (ComponentId component : Set.copyOf(components)) {
                held.push(take(component));
            }
        } catch (IOException | RuntimeException | InUse e) {
            release(held);
            throw e;
        }
        return () -> release(held);
    }

    private Lease take(ComponentId component) throws IOException, InUse {
        Path stack = directory.resolve(component.stack());
        DurableFiles.createDirectory(stack);
        Path file = stack.resolve(component.component() + ".lock");
        Semaphore turn = IN_THIS_PROCESS.computeIfAbsent(file, _ -> new Semaphore(1));
        if (!turn.tryAcquire()) {
            throw new InUse(component.toString());
        }
        try {
            return held(lock(file).orElseThrow(() -> new InUse(component.toString())), turn);
        } catch (IOException | RuntimeException | InUse e) {
            turn.release();
            throw e;
        }
    }

    private static void release(Deque<Lease> held) throws IOException {
        while (!held.isEmpty()) {
            held.pop().close();
        }
    }

    /** Empty where another process holds the lock. */
    private static Optional<FileChannel> lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
            channel.close();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The file's lock goes first: whoever has the turn next locks the file at once. */
    private static Lease held(FileChannel channel, Semaphore turn) {
        var closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                try {
                    channel.close();
                } finally {
                    turn.release();
                }
            }
        };
    }
}
