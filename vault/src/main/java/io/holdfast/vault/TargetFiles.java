package io.holdfast.vault;

import io.holdfast.vault.files.Directory;
import io.holdfast.vault.files.Posix;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Changes to a directory tree that is being restored into. Never follows a symbolic link. */
final class TargetFiles {

    private static final Pattern TEMPORARY = Pattern.compile("\\.holdfast-restore-[0-9a-f]{16}");

    private final boolean owners;
    private final boolean setuid;

    TargetFiles(boolean owners, boolean setuid) {
        this.owners = owners;
        this.setuid = setuid;
    }

    /** A name beside the path that nothing has; a killed restore leaves such files, and the next one removes them. */
    static Path temporaryBeside(Path path) {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return path.resolveSibling(".holdfast-restore-" + random);
    }

    static boolean isTemporary(String name) {
        return TEMPORARY.matcher(name).matches();
    }

    static @Nullable Metadata look(Path path) throws IOException {
        try {
            return Directory.stat(path);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Puts a finished temporary file in its place. */
    static void replace(Path temporary, Path path) throws IOException {
        try {
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Owner, then mode (a new owner clears setuid), then times. */
    void apply(Path path, Metadata metadata) throws IOException {
        if (owners) {
            Files.setAttribute(path, "unix:uid", (int) metadata.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", (int) metadata.gid(), LinkOption.NOFOLLOW_LINKS);
        }
        if (metadata.type() != NodeType.SYMLINK) {
            Files.setAttribute(path, "unix:mode", permissions(metadata));
        }
        Posix.setTimes(path, metadata.mtime());
    }

    /** Whether {@link #apply} would change nothing. */
    boolean agrees(Metadata now, Metadata wanted) {
        return now.type() == wanted.type()
                && now.mtime().equals(wanted.mtime())
                && (wanted.type() == NodeType.SYMLINK || now.permissions() == permissions(wanted))
                && (!owners || (now.uid() == wanted.uid() && now.gid() == wanted.gid()));
    }

    private int permissions(Metadata metadata) {
        boolean strip = !setuid && metadata.type() != NodeType.DIR;
        return strip ? metadata.permissions() & 01777 : metadata.permissions();
    }
}
