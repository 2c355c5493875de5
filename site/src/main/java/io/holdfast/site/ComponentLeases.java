package io.holdfast.site;

import io.holdfast.events.ComponentId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * One lease per component for backups and restores alike, so that nothing is captured while it is being put back. It
 * holds between threads and between the processes of one site, and ends with the process that held it.
 */
public final class ComponentLeases {

    /** Shared by all services of one process: file locks alone do not hold between its threads. */
    private static final ConcurrentHashMap<Path, Semaphore> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    /** Held until it is closed. */
    public interface Lease extends Closeable {}

    private final Path directory;

    public ComponentLeases(SiteSettings site) throws IOException {
        this.directory = site.stateDirectory().resolve("leases");
        DurableFiles.createDirectory(directory);
    }

    /** Waits until the component is free. */
    public Lease take(ComponentId component) throws IOException, InterruptedException {
        Path stack = directory.resolve(component.stack());
        DurableFiles.createDirectory(stack);
        Path file = stack.resolve(component.component() + ".lock").toAbsolutePath();
        Semaphore turn = IN_THIS_PROCESS.computeIfAbsent(file, _ -> new Semaphore(1, true));
        turn.acquire();
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                channel.lock();
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            return () -> {
                try (channel) {
                    turn.release();
                }
            };
        } catch (IOException | RuntimeException e) {
            turn.release();
            throw e;
        }
    }
}
