package io.holdfast.vault.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A directory as a file descriptor of Linux. */
final class NativeDirectory extends NativeInode implements TargetDirectory {

    /** An entry as messages show it. */
    private record Shown(Path directory, Name name) {

        @Override
        public String toString() {
            return directory + "/" + name;
        }
    }

    private static final int NOFOLLOW = LibC.AT_SYMLINK_NOFOLLOW | LibC.AT_NO_AUTOMOUNT;
    private static final int OPEN_DIRECTORY = LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC;
    private static final int OPEN_FILE = LibC.O_NOFOLLOW | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
    private static final long DIRENT_RECLEN = 16;
    private static final long DIRENT_NAME = 19;

    private final Path path;

    private NativeDirectory(int descriptor, Path path, Owners owners) {
        super(descriptor, path, owners);
        this.path = path;
    }

    /** A directory that may be passed but not listed is opened too, for what lies in it. */
    static NativeDirectory open(Path path) throws IOException {
        Scratch scratch = Scratch.get();
        MemorySegment argument = scratch.path(RawPaths.bytesOf(path));
        int descriptor = Reading.openat(scratch, LibC.AT_FDCWD, argument, OPEN_DIRECTORY, 0);
        if (descriptor < 0 && scratch.errno() == Errno.EACCES) {
            descriptor = Reading.openat(scratch, LibC.AT_FDCWD, argument, OPEN_DIRECTORY | LibC.O_PATH, 0);
        }
        Errno.check(scratch, descriptor, path);
        return new NativeDirectory(descriptor, path, new Owners());
    }

    static Metadata stat(Path path) throws IOException {
        Scratch scratch = Scratch.get();
        MemorySegment argument = scratch.path(RawPaths.bytesOf(path));
        Errno.check(scratch, Reading.statx(scratch, LibC.AT_FDCWD, argument, NOFOLLOW), path);
        List<ExtendedAttribute> attributes = Xattrs.NOT_FOLLOWING.read(scratch, argument, path);
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
        Reading.rewind(scratch, descriptor());
        MemorySegment buffer = scratch.buffer();
        long length;
        while ((length = Reading.getdents(scratch, descriptor(), buffer)) > 0) {
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
            throw Errno.exception(errno, path);
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
    public Metadata look(Name name) throws IOException {
        Scratch scratch = Scratch.get();
        check(scratch, Reading.statx(scratch, descriptor(), scratch.name(name.raw()), NOFOLLOW), name);
        return Statx.metadata(scratch.struct(), owners(), List.of());
    }

    @Override
    public List<ExtendedAttribute> attributes(Name name) throws IOException {
        Scratch scratch = Scratch.get();
        return Xattrs.NOT_FOLLOWING.read(scratch, scratch.within(descriptor(), name.raw()), new Shown(path, name));
    }

    @Override
    public NativeDirectory open(Name name) throws IOException {
        int opened = opened(name, OPEN_DIRECTORY | LibC.O_NOFOLLOW);
        return new NativeDirectory(opened, RawPaths.resolve(path, name), owners());
    }

    @Override
    public OpenFile read(Name name) throws IOException {
        Scratch scratch = Scratch.get();
        int flags = LibC.O_RDONLY | OPEN_FILE;
        int opened = Reading.openat(scratch, descriptor(), scratch.name(name.raw()), flags | LibC.O_NOATIME, 0);
        if (opened < 0 && scratch.errno() == Errno.EPERM) {
            opened = opened(name, flags);
        }
        Shown shown = new Shown(path, name);
        Errno.check(scratch, opened, shown);
        return NativeFile.of(opened, shown, owners());
    }

    @Override
    public Name link(Name name) throws IOException {
        Scratch scratch = Scratch.get();
        MemorySegment target = scratch.buffer();
        long length = Reading.readlinkat(scratch, descriptor(), scratch.name(name.raw()), target);
        check(scratch, length, name);
        return Name.of(target.asSlice(0, length).toArray(JAVA_BYTE));
    }

    @Override
    public Inode hold(Name name) throws IOException {
        int opened = opened(name, LibC.O_PATH | LibC.O_NOFOLLOW | LibC.O_CLOEXEC);
        return new NativeInode(opened, new Shown(path, name), owners());
    }

    @Override
    public void makeDirectory(Name name, int permissions) throws IOException {
        Scratch scratch = Scratch.get();
        check(scratch, Writing.mkdirat(scratch, descriptor(), scratch.name(name.raw()), permissions), name);
    }

    @Override
    public TargetFile create(Name name) throws IOException {
        int opened = opened(name, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | OPEN_FILE);
        return new NativeTargetFile(opened, new Shown(path, name), owners());
    }

    @Override
    public TargetFile write(Name name) throws IOException {
        Shown shown = new Shown(path, name);
        TargetFile file = new NativeTargetFile(opened(name, LibC.O_WRONLY | OPEN_FILE), shown, owners());
        if (file.stat().type() != NodeType.FILE) {
            file.close();
            throw new FileSystemException(shown.toString(), null, "is not a regular file");
        }
        return file;
    }

    @Override
    public void makeLink(Name name, Name target) throws IOException {
        Scratch scratch = Scratch.get();
        MemorySegment content = scratch.other(target.raw());
        check(scratch, Writing.symlinkat(scratch, content, descriptor(), scratch.name(name.raw())), name);
    }

    @Override
    public void makeSpecial(Name name, NodeType type, long device) throws IOException {
        Scratch scratch = Scratch.get();
        int mode = UnixMode.of(type) | 0600;
        check(scratch, Writing.mknodat(scratch, descriptor(), scratch.name(name.raw()), mode, device), name);
    }

    @Override
    public void makeHardLink(Name existing, TargetDirectory directory, Name name) throws IOException {
        Scratch scratch = Scratch.get();
        int other = ((NativeDirectory) directory).descriptor();
        MemorySegment from = scratch.name(existing.raw());
        MemorySegment to = scratch.otherName(name.raw());
        Errno.check(scratch, Writing.linkat(scratch, descriptor(), from, other, to), new Shown(directory.path(), name));
    }

    @Override
    public void rename(Name from, Name to) throws IOException {
        Scratch scratch = Scratch.get();
        MemorySegment source = scratch.name(from.raw());
        MemorySegment target = scratch.otherName(to.raw());
        check(scratch, Writing.renameat(scratch, descriptor(), source, descriptor(), target), to);
    }

    @Override
    public void remove(Name name) throws IOException {
        unlink(name, 0);
    }

    @Override
    public void removeDirectory(Name name) throws IOException {
        unlink(name, LibC.AT_REMOVEDIR);
    }

    @Override
    public void sync() throws IOException {
        fsync();
    }

    @Override
    public boolean syncFileSystem() throws IOException {
        Scratch scratch = Scratch.get();
        check(scratch, Writing.syncfs(scratch, descriptor()));
        return true;
    }

    private int opened(Name name, int flags) throws IOException {
        Scratch scratch = Scratch.get();
        int opened = Reading.openat(scratch, descriptor(), scratch.name(name.raw()), flags, 0600);
        check(scratch, opened, name);
        return opened;
    }

    private void unlink(Name name, int flags) throws IOException {
        Scratch scratch = Scratch.get();
        check(scratch, Writing.unlinkat(scratch, descriptor(), scratch.name(name.raw()), flags), name);
    }

    private void check(Scratch scratch, long result, Name name) throws IOException {
        if (result < 0) {
            throw Errno.exception(scratch.errno(), new Shown(path, name));
        }
    }
}
