package io.holdfast.vault.files;

import io.holdfast.vault.json.Utf8;
import io.holdfast.vault.tree.ExtendedAttribute;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads extended attributes (xattr(7)). */
enum Xattrs {
    /** Of what a path leads to. */
    FOLLOWING,
    /** Of what a path names, even if that is a symbolic link. */
    NOT_FOLLOWING;

    private static final long LARGE = 1024 * 1024;

    /**
     * The attributes in the order in which the file system lists them; those that this process may not read, and names
     * that the format cannot spell because they are no text, are left out.
     */
    List<ExtendedAttribute> read(Scratch scratch, MemorySegment path, Object shown) throws IOException {
        long length = list(scratch, path, scratch.buffer());
        if (length == 0) {
            return List.of();
        }
        if (length < 0 && scratch.errno() == Errno.ERANGE) {
            length = list(scratch, path, scratch.buffer(LARGE));
        }
        if (length < 0) {
            return switch (scratch.errno()) {
                case Errno.EOPNOTSUPP, Errno.EPERM, Errno.EACCES -> List.of();
                default -> throw Errno.exception(scratch.errno(), shown);
            };
        }
        byte[] names = content(scratch, length);
        List<ExtendedAttribute> attributes = new ArrayList<>();
        int start = 0;
        for (int end = 0; end < names.length; end++) {
            if (names[end] == 0) {
                byte[] name = Arrays.copyOfRange(names, start, end);
                start = end + 1;
                long read = value(scratch, path, name, shown);
                if (read >= 0 && Utf8.isValid(name)) {
                    String text = new String(name, StandardCharsets.UTF_8);
                    attributes.add(new ExtendedAttribute(text, content(scratch, read)));
                }
            }
        }
        return attributes;
    }

    /** Leaves the value in the buffer and gives its length; negative when there is none to be had. */
    private long value(Scratch scratch, MemorySegment path, byte[] name, Object shown) throws IOException {
        MemorySegment argument = scratch.other(name);
        long length = get(scratch, path, argument, scratch.buffer());
        if (length < 0 && scratch.errno() == Errno.ERANGE) {
            length = get(scratch, path, argument, scratch.buffer(LARGE));
        }
        if (length < 0) {
            return switch (scratch.errno()) {
                case Errno.ENODATA, Errno.EOPNOTSUPP, Errno.EPERM, Errno.EACCES -> -1;
                default -> throw Errno.exception(scratch.errno(), shown);
            };
        }
        return length;
    }

    private long list(Scratch scratch, MemorySegment path, MemorySegment to) {
        return switch (this) {
            case FOLLOWING -> Reading.listxattr(scratch, path, to);
            case NOT_FOLLOWING -> Reading.llistxattr(scratch, path, to);
        };
    }

    private long get(Scratch scratch, MemorySegment path, MemorySegment name, MemorySegment to) {
        return switch (this) {
            case FOLLOWING -> Reading.getxattr(scratch, path, name, to);
            case NOT_FOLLOWING -> Reading.lgetxattr(scratch, path, name, to);
        };
    }

    private static byte[] content(Scratch scratch, long length) {
        return scratch.buffer().asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
}
