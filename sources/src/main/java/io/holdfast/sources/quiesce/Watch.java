package io.holdfast.sources.quiesce;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The watch over the brackets of a site: one guard has it, until it dies. */
record Watch(FileChannel channel) implements Closeable {

    /** Empty if another guard has it, or somebody looks for one at this very moment. */
    static Optional<Watch> take(Path directory) throws IOException {
        FileChannel channel = open(directory);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new Watch(channel));
            }
        } catch (OverlappingFileLockException _) {
            // A guard in this very process.
        }
        channel.close();
        return Optional.empty();
    }

    /** Looks with a shared lock, so that those who look take none for a guard. */
    static boolean isKept(Path directory) throws IOException {
        try (FileChannel channel = open(directory);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (OverlappingFileLockException _) {
            return true;
        }
    }

    private static FileChannel open(Path directory) throws IOException {
        return FileChannel.open(
                directory.resolve("guard.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
