package io.holdfast.site;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The room on the disk that a directory lies on, in bytes.
 *
 * @param free null if it could not be found out
 */
public record Disk(@Nullable Long free, @Nullable Long total) {

    public static final Disk UNKNOWN = new Disk(null, null);

    /** The disk of a directory, or of the nearest parent that exists; unknown for what is no absolute path. */
    public static Disk of(String directory) {
        try {
            Path path = Path.of(directory);
            if (!path.isAbsolute()) {
                return UNKNOWN;
            }
            FileStore store = Files.getFileStore(MountPoint.nearest(path));
            return new Disk(store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException | InvalidPathException e) {
            return UNKNOWN;
        }
    }
}
