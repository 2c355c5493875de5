package io.holdfast.vault.tree;

import java.time.Instant;

/**
 * What a file system says about a file beside its content.
 *
 * @param permissions Unix permission bits, including setuid, setgid, sticky
 * @param user empty when the id has no name
 * @param group empty when the id has no name
 * @param deviceId the device it lies on; kept only where {@code links} joins several names
 * @param device the device it stands for
 */
public record Metadata(
        NodeType type,
        int permissions,
        Instant mtime,
        Instant ctime,
        long uid,
        long gid,
        String user,
        String group,
        long inode,
        long deviceId,
        long size,
        long links,
        long device) {

    /** A directory that exists in the snapshot only. */
    public static Metadata virtualDirectory(Instant time) {
        return new Metadata(NodeType.DIR, 0755, time, time, 0, 0, "root", "root", 0, 0, 0, 0, 0);
    }

    /** A file that exists in the snapshot only. */
    public static Metadata generatedFile(Instant time, long size) {
        return new Metadata(NodeType.FILE, 0600, time, time, 0, 0, "root", "root", 0, 0, size, 1, 0);
    }

    /** Whether nothing tells that the file was touched between two looks. */
    public boolean sameFileAs(Metadata other) {
        return type == other.type
                && size == other.size
                && inode == other.inode
                && mtime.equals(other.mtime)
                && ctime.equals(other.ctime);
    }
}
