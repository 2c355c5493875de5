package io.holdfast.vault.files;

import java.lang.foreign.MemorySegment;

/** The calls that change files (section 2 of the manual). A negative answer is a failure, see {@link Scratch#errno}. */
final class Writing {

    private static final MemorySegment MKDIRAT = LibC.function("mkdirat");
    private static final MemorySegment MKNODAT = LibC.function("mknodat");
    private static final MemorySegment SYMLINKAT = LibC.function("symlinkat");
    private static final MemorySegment LINKAT = LibC.function("linkat");
    private static final MemorySegment RENAMEAT = LibC.function("renameat");
    private static final MemorySegment UNLINKAT = LibC.function("unlinkat");
    private static final MemorySegment PWRITE = LibC.function("pwrite");
    private static final MemorySegment FTRUNCATE = LibC.function("ftruncate");
    private static final MemorySegment FSYNC = LibC.function("fsync");
    private static final MemorySegment SYNCFS = LibC.function("syncfs");
    private static final MemorySegment FCHOWNAT = LibC.function("fchownat");
    private static final MemorySegment CHMOD = LibC.function("chmod");
    private static final MemorySegment UTIMENSAT = LibC.function("utimensat");
    private static final MemorySegment SETXATTR = LibC.function("setxattr");
    private static final MemorySegment REMOVEXATTR = LibC.function("removexattr");

    private Writing() {}

    static int mkdirat(Scratch scratch, int directory, MemorySegment path, int mode) {
        return (int) LibC.call(MKDIRAT, scratch, directory, path.address(), mode);
    }

    static int mknodat(Scratch scratch, int directory, MemorySegment path, int mode, long device) {
        return (int) LibC.call(MKNODAT, scratch, directory, path.address(), mode, device);
    }

    static int symlinkat(Scratch scratch, MemorySegment target, int directory, MemorySegment path) {
        return (int) LibC.call(SYMLINKAT, scratch, target.address(), directory, path.address());
    }

    static int linkat(Scratch scratch, int fromDirectory, MemorySegment from, int toDirectory, MemorySegment to) {
        return (int) LibC.call(LINKAT, scratch, fromDirectory, from.address(), toDirectory, to.address(), 0);
    }

    static int renameat(Scratch scratch, int fromDirectory, MemorySegment from, int toDirectory, MemorySegment to) {
        return (int) LibC.call(RENAMEAT, scratch, fromDirectory, from.address(), toDirectory, to.address());
    }

    static int unlinkat(Scratch scratch, int directory, MemorySegment path, int flags) {
        return (int) LibC.call(UNLINKAT, scratch, directory, path.address(), flags);
    }

    static long pwrite(Scratch scratch, int file, MemorySegment from, long length, long position) {
        return LibC.call(PWRITE, scratch, file, from.address(), length, position);
    }

    static int ftruncate(Scratch scratch, int file, long size) {
        return (int) LibC.call(FTRUNCATE, scratch, file, size);
    }

    static int fsync(Scratch scratch, int file) {
        return (int) LibC.call(FSYNC, scratch, file);
    }

    static int syncfs(Scratch scratch, int file) {
        return (int) LibC.call(SYNCFS, scratch, file);
    }

    static int fchownat(Scratch scratch, int directory, MemorySegment path, int uid, int gid, int flags) {
        return (int) LibC.call(FCHOWNAT, scratch, directory, path.address(), uid, gid, flags);
    }

    static int chmod(Scratch scratch, MemorySegment path, int mode) {
        return (int) LibC.call(CHMOD, scratch, path.address(), mode);
    }

    static int utimensat(Scratch scratch, MemorySegment path, MemorySegment times) {
        return (int) LibC.call(UTIMENSAT, scratch, LibC.AT_FDCWD, path.address(), times.address(), 0);
    }

    static int setxattr(Scratch scratch, MemorySegment path, MemorySegment name, MemorySegment value, long length) {
        return (int) LibC.call(SETXATTR, scratch, path.address(), name.address(), value.address(), length, 0);
    }

    static int removexattr(Scratch scratch, MemorySegment path, MemorySegment name) {
        return (int) LibC.call(REMOVEXATTR, scratch, path.address(), name.address());
    }
}
