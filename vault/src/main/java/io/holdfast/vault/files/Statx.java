package io.holdfast.vault.files;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.holdfast.vault.json.GoTime;
import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.NodeType;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.List;

/** Reads {@code struct statx}, which is laid out alike on every architecture (statx(2)). */
final class Statx {

    static final long BYTES = 256;

    /** Everything that stat(2) tells. */
    static final int BASIC = 0x7ff;

    /** How direct input and output have to lie; asked for by itself, and answered since Linux 6.1. */
    static final int DIRECT = 0x2000;

    private static final long MASK = 0;
    private static final long NLINK = 16;
    private static final long UID = 20;
    private static final long GID = 24;
    private static final long MODE = 28;
    private static final long INO = 32;
    private static final long SIZE = 40;
    private static final long ATIME = 64;
    private static final long CTIME = 96;
    private static final long MTIME = 112;
    private static final long RDEV = 128;
    private static final long DEV = 136;
    private static final long DIRECT_MEMORY = 152;
    private static final long DIRECT_OFFSET = 156;

    private Statx() {}

    static boolean isRegularFile(MemorySegment struct) {
        return UnixMode.type(mode(struct)) == NodeType.FILE;
    }

    static long size(MemorySegment struct) {
        return struct.get(JAVA_LONG, SIZE);
    }

    /** Whether {@link #DIRECT} was answered, and memory and positions may be multiples of these powers of two. */
    static boolean isDirectWithin(MemorySegment struct, int memory, int offset) {
        return (struct.get(JAVA_INT, MASK) & DIRECT) != 0
                && isWithin(struct.get(JAVA_INT, DIRECT_MEMORY), memory)
                && isWithin(struct.get(JAVA_INT, DIRECT_OFFSET), offset);
    }

    private static boolean isWithin(int alignment, int most) {
        return alignment > 0 && most % alignment == 0;
    }

    static Metadata metadata(MemorySegment struct, Owners owners, List<ExtendedAttribute> attributes) {
        int mode = mode(struct);
        int uid = struct.get(JAVA_INT, UID);
        int gid = struct.get(JAVA_INT, GID);
        NodeType type = UnixMode.type(mode);
        boolean isDevice = type == NodeType.DEVICE || type == NodeType.CHARDEV;
        return new Metadata(
                type,
                UnixMode.permissions(mode),
                time(struct, MTIME),
                time(struct, ATIME),
                time(struct, CTIME),
                Integer.toUnsignedLong(uid),
                Integer.toUnsignedLong(gid),
                owners.user(uid),
                owners.group(gid),
                struct.get(JAVA_LONG, INO),
                device(struct, DEV),
                type == NodeType.FILE ? size(struct) : 0,
                Integer.toUnsignedLong(struct.get(JAVA_INT, NLINK)),
                isDevice ? device(struct, RDEV) : 0,
                attributes);
    }

    private static int mode(MemorySegment struct) {
        return struct.get(JAVA_SHORT, MODE);
    }

    private static Instant time(MemorySegment struct, long at) {
        return GoTime.bound(Instant.ofEpochSecond(struct.get(JAVA_LONG, at), struct.get(JAVA_INT, at + 8)));
    }

    /** As {@code st_dev} and {@code st_rdev} have it: makedev(3) of the two parts. */
    private static long device(MemorySegment struct, long at) {
        long major = Integer.toUnsignedLong(struct.get(JAVA_INT, at));
        long minor = Integer.toUnsignedLong(struct.get(JAVA_INT, at + 4));
        return (major & 0xfffff000L) << 32 | (major & 0xfff) << 8 | (minor & 0xffffff00L) << 12 | (minor & 0xff);
    }
}
