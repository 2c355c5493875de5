package io.holdfast.cli.vault;

import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.contents.Entry;
import io.holdfast.vault.tree.NodeType;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file of a snapshot with restic's names. */
record Listed(
        @Nullable String structType,
        String name,
        String type,
        String path,
        long uid,
        long gid,
        String user,
        String group,
        @Nullable Long size,
        String permissions,
        Instant mtime,
        Instant atime,
        Instant ctime,
        long inode,
        @Nullable String linktarget) {

    static Listed of(Entry entry, @Nullable String structType) {
        return new Listed(
                structType,
                entry.path().substring(entry.path().lastIndexOf('/') + 1),
                entry.type().word(),
                entry.path(),
                entry.metadata().uid(),
                entry.metadata().gid(),
                entry.metadata().user(),
                entry.metadata().group(),
                entry.type() == NodeType.FILE ? entry.metadata().size() : null,
                mode(entry),
                entry.metadata().mtime(),
                entry.metadata().atime(),
                entry.metadata().ctime(),
                entry.metadata().inode(),
                entry.target());
    }

    /** One line for a person. */
    static String detail(Entry entry, ZoneId zone) {
        return "%s %5d %5d %10s %s %s%s"
                .formatted(
                        mode(entry),
                        entry.metadata().uid(),
                        entry.metadata().gid(),
                        entry.type() == NodeType.FILE
                                ? Text.size(entry.metadata().size())
                                : "",
                        Text.time(entry.metadata().mtime(), zone),
                        entry.path(),
                        entry.linkTarget().map(target -> " -> " + target).orElse(""));
    }

    private static String mode(Entry entry) {
        char type = switch (entry.type()) {
            case FILE -> '-';
            case DIR -> 'd';
            case SYMLINK -> 'l';
            case DEVICE -> 'b';
            case CHARDEV -> 'c';
            case FIFO -> 'p';
            case SOCKET -> 's';
            case IRREGULAR -> '?';
        };
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((entry.metadata().permissions() & (0400 >> i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return type + PosixFilePermissions.toString(permissions);
    }
}
