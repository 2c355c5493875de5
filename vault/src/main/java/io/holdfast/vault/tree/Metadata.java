package io.holdfast.vault.tree;

import java.time.Instant;
import java.util.List;

/**
 * What a file system says about a file beside its content.
 *
 * @param permissions Unix permission bits, including setuid, setgid, sticky
 * @param user empty when the id has no name
 * @param group empty when the id has no name
 * @param deviceId the device it lies on; kept only where {@code links} joins several names
 * @param size of a file's content, 0 for everything else
 * @param device the device it stands for
 * @param attributes extended attributes, in the order in which the file system lists them
 */
public record Metadata(
        NodeType type,
        int permissions,
        Instant mtime,
        Instant atime,
        Instant ctime,
        long uid,
        long gid,
        String user,
        String group,
        long inode,
        long deviceId,
        long size,
        long links,
        long device,
        List<ExtendedAttribute> attributes) {

    public Metadata {
        attributes = List.copyOf(attributes);
    }

    /** A directory that exists in the snapshot only. */
    public static Metadata virtualDirectory(Instant time) {
        return generated(NodeType.DIR, 0755, time, 0, 0);
    }

    /** Whether it is of a directory that exists in the snapshot only: a real one has a link at least. */
    public boolean isVirtualDirectory() {
        return type == NodeType.DIR && links == 0 && inode == 0;
    }

    /** A file that exists in the snapshot only. */
    public static Metadata generatedFile(Instant time, long size) {
        return generatedFile(0600, time, size);
    }

    public static Metadata generatedFile(int permissions, Instant time, long size) {
        return generated(NodeType.FILE, permissions, time, size, 1);
    }

    private static Metadata generated(NodeType type, int permissions, Instant time, long size, long links) {
        return new Metadata(type, permissions, time, time, time, 0, 0, "root", "root", 0, 0, size, links, 0, List.of());
    }

    public Metadata withSize(long size) {
        return with(inode, size, links, attributes);
    }

    public Metadata withAttributes(List<ExtendedAttribute> attributes) {
        return with(inode, size, links, attributes);
    }

    /** Of a file that has several names; the inode tells which. */
    public Metadata withNames(long inode, long links) {
        return with(inode, size, links, attributes);
    }

    private Metadata with(long inode, long size, long links, List<ExtendedAttribute> attributes) {
        return new Metadata(
                type,
                permissions,
                mtime,
                atime,
                ctime,
                uid,
                gid,
                user,
                group,
                inode,
                deviceId,
                size,
                links,
                device,
                attributes);
    }

    /**
     * What a tree keeps of a file, so that equal files make equal trees (format, "Tree blobs"): the device where a file has
     * several names, their number not for directories and fifos, and the time of modification for the time of last access,
     * which reading would change.
     */
    public Metadata stored(boolean withAtime) {
        boolean countsNames = switch (type) {
            case FILE, SYMLINK, DEVICE, CHARDEV -> true;
            case DIR, FIFO, SOCKET, IRREGULAR -> false;
        };
        return new Metadata(
                type,
                permissions,
                mtime,
                withAtime ? atime : mtime,
                ctime,
                uid,
                gid,
                user,
                group,
                inode,
                (countsNames ? links > 1 : type != NodeType.DIR) ? deviceId : 0,
                type == NodeType.FILE ? size : 0,
                countsNames ? links : 0,
                device,
                attributes);
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
