package io.holdfast.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the file system that a directory lies on begins. */
final class MountPoint {

    private MountPoint() {}

    /** Of an absolute path, or of the nearest parent that exists, without links. */
    static Path of(Path path) throws IOException {
        Path at = nearest(path).toRealPath();
        Object device = device(at);
        while (at.getParent() != null && device(at.getParent()).equals(device)) {
            at = at.getParent();
        }
        return at;
    }

    /** An absolute path itself, or its nearest parent that exists. */
    static Path nearest(Path path) {
        Path at = path;
        while (at.getParent() != null && !Files.exists(at)) {
            at = at.getParent();
        }
        return at;
    }

    private static Object device(Path path) throws IOException {
        return Files.getAttribute(path, "unix:dev");
    }
}
