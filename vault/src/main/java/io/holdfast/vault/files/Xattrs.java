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
import java.util.function.Supplier;

/** Reads extended attributes (xattr(7)). */
final class Xattrs {

    private static final long LARGE = 1024 * 1024;

    private Xattrs() {}

    /**
     * The attributes in the order in which the file system lists them; those that this process may not read, and names
     * that the format cannot spell because they are no text, are left out.
     */
    static List<ExtendedAttribute> read(Scratch scratch, MemorySegment path, Supplier<String> shown)
            throws IOException {
        long length = LibC.llistxattr(scratch, path, scratch.buffer());
        if (length == 0) {
            return List.of();
        }
        if (length < 0 && scratch.errno() == Errno.ERANGE) {
            length = LibC.llistxattr(scratch, path, scratch.buffer(LARGE));
        }
        if (length < 0) {
            return switch (scratch.errno()) {
                case Errno.EOPNOTSUPP, Errno.EPERM, Errno.EACCES -> List.of();
                default -> throw Errno.exception(scratch.errno(), shown.get());
            };
        }
        byte[] names = scratch.buffer().asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        List<ExtendedAttribute> attributes = new ArrayList<>();
        int start = 0;
        for (int end = 0; end < names.length; end++) {
            if (names[end] == 0) {
                byte[] name = Arrays.copyOfRange(names, start, end);
                start = end + 1;
                long read = value(scratch, path, name, shown);
                if (read >= 0 && Utf8.isValid(name)) {
                    byte[] value = scratch.buffer().asSlice(0, read).toArray(ValueLayout.JAVA_BYTE);
                    attributes.add(new ExtendedAttribute(new String(name, StandardCharsets.UTF_8), value));
                }
            }
        }
        return attributes;
    }

    /** Leaves the value in the buffer and gives its length; negative when there is none to be had. */
    private static long value(Scratch scratch, MemorySegment path, byte[] name, Supplier<String> shown)
            throws IOException {
        MemorySegment argument = scratch.other(name);
        long length = LibC.lgetxattr(scratch, path, argument, scratch.buffer());
        if (length < 0 && scratch.errno() == Errno.ERANGE) {
            length = LibC.lgetxattr(scratch, path, argument, scratch.buffer(LARGE));
        }
        if (length < 0) {
            return switch (scratch.errno()) {
                case Errno.ENODATA, Errno.EOPNOTSUPP, Errno.EPERM, Errno.EACCES -> -1;
                default -> throw Errno.exception(scratch.errno(), shown.get());
            };
        }
        return length;
    }
}
