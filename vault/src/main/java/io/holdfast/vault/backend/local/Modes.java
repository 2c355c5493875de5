package io.holdfast.vault.backend.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Who may read a repository's files: their owner, and the group where {@code config} is open to it, as restic does.
 * Nothing is set on file systems without POSIX permissions.
 */
record Modes(boolean posix, boolean group) {

    static Modes of(Path config) {
        if (!config.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new Modes(false, false);
        }
        try {
            return new Modes(true, Files.getPosixFilePermissions(config).contains(PosixFilePermission.GROUP_READ));
        } catch (IOException | UnsupportedOperationException _) {
            return new Modes(true, false);
        }
    }

    FileAttribute<?>[] ofDirectory() {
        return attributes(group ? "rwxr-x---" : "rwx------");
    }

    FileAttribute<?>[] ofUnfinishedFile() {
        return attributes(group ? "rw-r-----" : "rw-------");
    }

    /** Guards a finished file against accidents. Some mounts refuse any change of mode, and that is no failure. */
    void finish(Path file) {
        if (posix) {
            try {
                Files.setPosixFilePermissions(file, permissions(group ? "r--r-----" : "r--------"));
            } catch (IOException | UnsupportedOperationException _) {
                return;
            }
        }
    }

    private FileAttribute<?>[] attributes(String mode) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions(mode))}
                : new FileAttribute<?>[0];
    }

    private static Set<PosixFilePermission> permissions(String mode) {
        return PosixFilePermissions.fromString(mode);
    }
}
