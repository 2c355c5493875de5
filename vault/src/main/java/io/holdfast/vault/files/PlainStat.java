package io.holdfast.vault.files;

import io.holdfast.vault.json.GoTime;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the JDK tells about a file: all but extended attributes on Unix, little elsewhere. */
final class PlainStat {

    private PlainStat() {}

    static Metadata of(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return basic(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        }
        Map<String, Object> unix = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        int mode = number(unix, "mode").intValue();
        long uid = number(unix, "uid").longValue() & 0xffffffffL;
        long gid = number(unix, "gid").longValue() & 0xffffffffL;
        NodeType type = UnixMode.type(mode);
        boolean isDevice = type == NodeType.DEVICE || type == NodeType.CHARDEV;
        return new Metadata(
                type,
                UnixMode.permissions(mode),
                time(unix, "lastModifiedTime"),
                time(unix, "lastAccessTime"),
                time(unix, "ctime"),
                uid,
                gid,
                owner(unix, "owner", uid),
                owner(unix, "group", gid),
                number(unix, "ino").longValue(),
                number(unix, "dev").longValue(),
                type == NodeType.FILE ? number(unix, "size").longValue() : 0,
                number(unix, "nlink").longValue(),
                isDevice ? number(unix, "rdev").longValue() : 0,
                List.of());
    }

    private static Metadata basic(BasicFileAttributes file) {
        NodeType type = file.isDirectory()
                ? NodeType.DIR
                : file.isSymbolicLink() ? NodeType.SYMLINK : file.isRegularFile() ? NodeType.FILE : NodeType.IRREGULAR;
        Instant mtime = GoTime.bound(file.lastModifiedTime().toInstant());
        return new Metadata(
                type,
                type == NodeType.DIR ? 0755 : 0644,
                mtime,
                GoTime.bound(file.lastAccessTime().toInstant()),
                mtime,
                0,
                0,
                "",
                "",
                0,
                0,
                type == NodeType.FILE ? file.size() : 0,
                1,
                0,
                List.of());
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
