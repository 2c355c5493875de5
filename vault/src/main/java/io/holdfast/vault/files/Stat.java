package io.holdfast.vault.files;

import io.holdfast.vault.json.GoTime;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** Reads the metadata of a file, never following a symbolic link. */
public final class Stat {

    private Stat() {}

    public static Metadata of(Path path) throws IOException {
        Map<String, Object> unix = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        int mode = number(unix, "mode").intValue();
        long uid = number(unix, "uid").longValue() & 0xffffffffL;
        long gid = number(unix, "gid").longValue() & 0xffffffffL;
        NodeType type = type(mode);
        boolean isDevice = type == NodeType.DEVICE || type == NodeType.CHARDEV;
        return new Metadata(
                type,
                mode & 07777,
                time(unix, "lastModifiedTime"),
                time(unix, "ctime"),
                uid,
                gid,
                owner(unix, "owner", uid),
                owner(unix, "group", gid),
                number(unix, "ino").longValue(),
                number(unix, "dev").longValue(),
                type == NodeType.FILE ? number(unix, "size").longValue() : 0,
                number(unix, "nlink").longValue(),
                isDevice ? number(unix, "rdev").longValue() : 0);
    }

    private static NodeType type(int mode) {
        return switch (mode & 0170000) {
            case 0100000 -> NodeType.FILE;
            case 0040000 -> NodeType.DIR;
            case 0120000 -> NodeType.SYMLINK;
            case 0060000 -> NodeType.DEVICE;
            case 0020000 -> NodeType.CHARDEV;
            case 0010000 -> NodeType.FIFO;
            case 0140000 -> NodeType.SOCKET;
            default -> NodeType.IRREGULAR;
        };
    }

    private static Number number(Map<String, Object> unix, String name) {
        return (Number) Objects.requireNonNull(unix.get(name), name);
    }

    private static Instant time(Map<String, Object> unix, String name) {
        return GoTime.bound(((FileTime) Objects.requireNonNull(unix.get(name), name)).toInstant());
    }

    /** The JDK gives the number as name when there is no name. */
    private static String owner(Map<String, Object> unix, String name, long id) {
        String found = ((Principal) Objects.requireNonNull(unix.get(name), name)).getName();
        return found.equals(Long.toString(id)) ? "" : found;
    }
}
