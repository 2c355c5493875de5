package io.holdfast.vault.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** A directory as a file descriptor of Linux. */
final class NativeDirectory implements Directory {

    private static final byte[] SELF = {};
    private static final byte[] DOT = {'.'};
    private static final int NOFOLLOW = LibC.AT_SYMLINK_NOFOLLOW | LibC.AT_NO_AUTOMOUNT;
    private static final int OPEN_DIRECTORY = LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC;
    private static final int OPEN_FILE = LibC.O_RDONLY | LibC.O_NOFOLLOW | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
    private static final long DIRENT_RECLEN = 16;
    private static final long DIRENT_NAME = 19;

    private final int descriptor;
    private final Path path;
    private final Owners owners;
    private boolean closed;

    private NativeDirectory(int descriptor, Path path, Owners owners) {
        this.descriptor = descriptor;
        this.path = path;
        this.owners = owners;
    }

    /** A directory that may be passed but not listed is opened too, for what lies in it. */
    static NativeDirectory open(Path path) throws IOException {
        Scratch scratch = Scratch.get();
        MemorySegment argument = scratch.text(RawPaths.bytesOf(path));
        int descriptor = LibC.openat(scratch, LibC.AT_FDCWD, argument, OPEN_DIRECTORY, 0);
        if (descriptor < 0 && scratch.errno() == Errno.EACCES) {
            descriptor = LibC.openat(scratch, LibC.AT_FDCWD, argument, OPEN_DIRECTORY | LibC.O_PATH, 0);
        }
        if (descriptor < 0) {
            throw Errno.exception(scratch.errno(), path.toString());
        }
        return new NativeDirectory(descriptor, path, new Owners());
    }

    static Metadata stat(Path path) throws IOException {
        Scratch scratch = Scratch.get();
        MemorySegment argument = scratch.text(RawPaths.bytesOf(path));
        if (LibC.statx(scratch, LibC.AT_FDCWD, argument, NOFOLLOW, Statx.BASIC, scratch.struct()) < 0) {
            throw Errno.exception(scratch.errno(), path.toString());
        }
        List<ExtendedAttribute> attributes = Xattrs.read(scratch, argument, path::toString);
        return Statx.metadata(scratch.struct(), new Owners(), attributes);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<Name> names() throws IOException {
        Scratch scratch = Scratch.get();
        List<Name> names = new ArrayList<>();
        LibC.rewind(scratch, descriptor);
        MemorySegment buffer = scratch.buffer();
        long length;
        while ((length = LibC.getdents(scratch, descriptor, buffer)) > 0) {
            for (long at = 0; at < length; ) {
                int size = Short.toUnsignedInt(buffer.get(JAVA_SHORT_UNALIGNED, at + DIRENT_RECLEN));
                byte[] record =
                        buffer.asSlice(at + DIRENT_NAME, size - DIRENT_NAME).toArray(JAVA_BYTE);
                add(names, record);
                at += size;
            }
        }
        if (length < 0) {
            int errno = scratch.errno() == Errno.EBADF ? Errno.EACCES : scratch.errno();
            throw Errno.exception(errno, path.toString());
        }
        Collections.sort(names);
        return names;
    }

    private static void add(List<Name> names, byte[] terminated) {
        int end = 0;
        while (terminated[end] != 0) {
            end++;
        }
        boolean isDots = terminated[0] == '.' && (end == 1 || (end == 2 && terminated[1] == '.'));
        if (!isDots) {
            names.add(Name.of(terminated, 0, end));
        }
    }

    @Override
    public Metadata stat() throws IOException {
        return stat(SELF, NOFOLLOW | LibC.AT_EMPTY_PATH, DOT, path::toString);
    }

    @Override
    public Metadata stat(Name name) throws IOException {
        byte[] raw = name.raw();
        return stat(raw, NOFOLLOW, raw, () -> shown(name));
    }

    private Metadata stat(byte[] name, int flags, byte[] attributesOf, Supplier<String> shown) throws IOException {
        Scratch scratch = Scratch.get();
        if (LibC.statx(scratch, descriptor, scratch.text(name), flags, Statx.BASIC, scratch.struct()) < 0) {
            throw Errno.exception(scratch.errno(), shown.get());
        }
        List<ExtendedAttribute> attributes = Xattrs.read(scratch, scratch.within(descriptor, attributesOf), shown);
        return Statx.metadata(scratch.struct(), owners, attributes);
    }

    @Override
    public NativeDirectory open(Name name) throws IOException {
        Scratch scratch = Scratch.get();
        int flags = OPEN_DIRECTORY | LibC.O_NOFOLLOW;
        int opened = LibC.openat(scratch, descriptor, scratch.text(name.raw()), flags, 0);
        if (opened < 0) {
            throw Errno.exception(scratch.errno(), shown(name));
        }
        return new NativeDirectory(opened, RawPaths.resolve(path, name), owners);
    }

    @Override
    public OpenFile read(Name name) throws IOException {
        Scratch scratch = Scratch.get();
        MemorySegment argument = scratch.text(name.raw());
        int opened = LibC.openat(scratch, descriptor, argument, OPEN_FILE | LibC.O_NOATIME, 0);
        if (opened < 0 && scratch.errno() == Errno.EPERM) {
            opened = LibC.openat(scratch, descriptor, argument, OPEN_FILE, 0);
        }
        if (opened < 0) {
            throw Errno.exception(scratch.errno(), shown(name));
        }
        return NativeFile.of(opened, shown(name), owners);
    }

    @Override
    public Name link(Name name) throws IOException {
        Scratch scratch = Scratch.get();
        MemorySegment target = scratch.buffer();
        long length = LibC.readlinkat(scratch, descriptor, scratch.text(name.raw()), target);
        if (length < 0) {
            throw Errno.exception(scratch.errno(), shown(name));
        }
        return Name.of(target.asSlice(0, length).toArray(JAVA_BYTE));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LibC.close(Scratch.get(), descriptor);
        }
    }

    private String shown(Name name) {
        return path + "/" + name;
    }
}
