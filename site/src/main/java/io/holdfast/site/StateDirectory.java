package io.holdfast.site;

import io.holdfast.sources.durable.DurableFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One service's part of the site's state directory, held by one process at a time. */
public final class StateDirectory implements Closeable {

    private final Path directory;
    private final FileChannel channel;

    private StateDirectory(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes possession of {@code <site state>/<service>}.
     *
     * @throws IOException if another process holds it, or it cannot be written
     */
    public static StateDirectory of(SiteSettings site, String service) throws IOException {
        Path directory = site.stateDirectory().resolve(service);
        DurableFiles.createDirectory(directory);
        var channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IOException(
                    "HF-J01 Another %s of site %s already works in %s. Nothing was touched. Stop the other one, or give this one its own holdfast.site.state-directory."
                            .formatted(service, site.id(), directory));
        }
        return new StateDirectory(directory, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path path() {
        return directory;
    }

    /** Gives the directory back; the operating system does the same when the process dies. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
