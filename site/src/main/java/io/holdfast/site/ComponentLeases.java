package io.holdfast.site;

import io.holdfast.events.ComponentId;
import io.holdfast.sources.durable.DurableFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One lease per component for backups and restores alike, so that nothing is captured while it is being put back. It
 * holds between threads and between the processes of one site, and ends with the process that held it.
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

    /** Waits until the component is free. */
    public Lease take(ComponentId component) throws IOException, InterruptedException {
        Path stack = directory.resolve(component.stack());
        DurableFiles.createDirectory(stack);
        Path file = stack.resolve(component.component() + ".lock");
        Semaphore turn = IN_THIS_PROCESS.computeIfAbsent(file, _ -> new Semaphore(1, true));
        turn.acquire();
        try {
            return held(lock(file), turn);
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            turn.release();
            throw new InterruptedException("interrupted while waiting for the lease of " + component);
        } catch (IOException | RuntimeException e) {
            turn.release();
            throw e;
        }
    }

    /** Waits until all of these are free. Whoever wants several takes them so, in one order: none waits for another then. */
    public Lease takeAll(Collection<ComponentId> components) throws IOException, InterruptedException {
        var held = new ArrayDeque<Lease>();
        try {
            for (ComponentId component : components.stream()
                    .distinct()
                    .sorted(Comparator.comparing(ComponentId::toString))
                    .toList()) {
                held.push(take(component));
            }
        } catch (IOException | RuntimeException | InterruptedException e) {
            release(held);
            throw e;
        }
        return () -> release(held);
    }

    private static void release(Deque<Lease> held) throws IOException {
        while (!held.isEmpty()) {
            held.pop().close();
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return channel;
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
