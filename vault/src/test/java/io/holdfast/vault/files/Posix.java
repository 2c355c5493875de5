package io.holdfast.vault.files;

import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/** What tests make of files beyond the JDK's file API. */
public final class Posix {

    private static final int RENAME_EXCHANGE = 2;
    private static final MemorySegment RENAMEAT2 = LibC.function("renameat2");

    private Posix() {}

    /** Lets two names change places, so that there is no moment at which one of them leads nowhere. */
    public static void exchange(Path one, Path other) throws IOException {
        Scratch scratch = Scratch.get();
        MemorySegment first = scratch.path(RawPaths.bytesOf(one));
        MemorySegment second = scratch.other(RawPaths.bytesOf(other));
        int at = LibC.AT_FDCWD;
        int result = (int) LibC.call(RENAMEAT2, scratch, at, first.address(), at, second.address(), RENAME_EXCHANGE);
        Errno.check(scratch, result, one);
    }

    public static void makeFifo(Path path) throws IOException {
        try (TargetDirectory directory = parent(path)) {
            directory.makeSpecial(RawPaths.nameOf(path), NodeType.FIFO, 0);
        }
    }

    /** Sets access and modification time of the path itself, to the nanosecond. */
    public static void setTimes(Path path, Instant time) throws IOException {
        try (TargetDirectory directory = parent(path);
                Inode inode = directory.hold(RawPaths.nameOf(path))) {
            inode.setTimes(time, time);
        }
    }

    public static void setAttribute(Path path, String name, byte[] value) throws IOException {
        try (TargetDirectory directory = parent(path);
                Inode inode = directory.hold(RawPaths.nameOf(path))) {
            inode.setAttribute(new ExtendedAttribute(name, value));
        }
    }

    public static void makeDevice(Path path, NodeType type, long device) throws IOException {
        try (TargetDirectory directory = parent(path)) {
            directory.makeSpecial(RawPaths.nameOf(path), type, device);
        }
    }

    private static TargetDirectory parent(Path path) throws IOException {
        return TargetDirectory.open(Objects.requireNonNull(path.getParent()));
    }
}
