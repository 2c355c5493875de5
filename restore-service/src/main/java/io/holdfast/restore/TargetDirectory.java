package io.holdfast.restore;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The directory that a request names to restore into. */
final class TargetDirectory {

    private TargetDirectory() {}

    static Path of(String named) throws RestoreRefusal {
        try {
            Path path = Path.of(named);
            if (!path.isAbsolute() || !path.equals(path.normalize())) {
                throw unusable(named, "it is not an absolute path without '.' and '..'");
            }
            if (path.getNameCount() == 0) {
                throw unusable(named, "it is the root of the host");
            }
            return path;
        } catch (InvalidPathException _) {
            throw unusable(named, "it is no path");
        }
    }

    private static RestoreRefusal unusable(String directory, String why) {
        return new RestoreRefusal(
                "HF-R10",
                "Cannot restore into '%s': %s. Nothing was touched. Name a directory of its own by its absolute path."
                        .formatted(directory.replaceAll("\\p{Cntrl}", "?"), why));
    }
}
