package io.holdfast.vault.files;

import java.lang.foreign.MemorySegment;

/** The calls that look at files (section 2 of the manual). A negative answer is a failure, see {@link Scratch#errno}. */
final class Reading {

    private static final MemorySegment OPENAT = LibC.function("openat");
    private static final MemorySegment CLOSE = LibC.function("close");
    private static final MemorySegment LSEEK = LibC.function("lseek");
    private static final MemorySegment READ = LibC.function("read");
    private static final MemorySegment GETDENTS = LibC.function(LibC.has("getdents64") ? "getdents64" : "getdents");
    private static final MemorySegment STATX = LibC.function("statx");
    private static final MemorySegment READLINKAT = LibC.function("readlinkat");
    private static final MemorySegment LISTXATTR = LibC.function("listxattr");
    private static final MemorySegment LLISTXATTR = LibC.function("llistxattr");
    private static final MemorySegment GETXATTR = LibC.function("getxattr");
    private static final MemorySegment LGETXATTR = LibC.function("lgetxattr");
    private static final MemorySegment FADVISE = LibC.function("posix_fadvise");

    private static final byte[] SELF = {};

    private Reading() {}

    static int openat(Scratch scratch, int directory, MemorySegment path, int flags, int mode) {
        return (int) LibC.call(OPENAT, scratch, directory, path.address(), flags, mode);
    }

    static int close(Scratch scratch, int file) {
        return (int) LibC.call(CLOSE, scratch, file);
    }

    static long rewind(Scratch scratch, int file) {
        return LibC.call(LSEEK, scratch, file, 0, 0);
    }

    static long read(Scratch scratch, int file, MemorySegment to, long length) {
        return LibC.call(READ, scratch, file, to.address(), length);
    }

    static long getdents(Scratch scratch, int directory, MemorySegment to) {
        return LibC.call(GETDENTS, scratch, directory, to.address(), to.byteSize());
    }

    /** Leaves its answer in {@link Scratch#struct}. */
    static int statx(Scratch scratch, int directory, MemorySegment path, int flags) {
        return statx(scratch, directory, path, flags, Statx.BASIC);
    }

    /** How direct writes to an open file have to lie; leaves its answer in {@link Scratch#struct}. */
    static int alignment(Scratch scratch, int file) {
        return statx(scratch, file, scratch.path(SELF), LibC.AT_EMPTY_PATH, Statx.DIRECT);
    }

    private static int statx(Scratch scratch, int directory, MemorySegment path, int flags, int mask) {
        return (int) LibC.call(
                STATX,
                scratch,
                directory,
                path.address(),
                flags,
                mask,
                scratch.struct().address());
    }

    static long readlinkat(Scratch scratch, int directory, MemorySegment path, MemorySegment to) {
        return LibC.call(READLINKAT, scratch, directory, path.address(), to.address(), to.byteSize());
    }

    static long listxattr(Scratch scratch, MemorySegment path, MemorySegment to) {
        return LibC.call(LISTXATTR, scratch, path.address(), to.address(), to.byteSize());
    }

    static long llistxattr(Scratch scratch, MemorySegment path, MemorySegment to) {
        return LibC.call(LLISTXATTR, scratch, path.address(), to.address(), to.byteSize());
    }

    static long getxattr(Scratch scratch, MemorySegment path, MemorySegment name, MemorySegment to) {
        return LibC.call(GETXATTR, scratch, path.address(), name.address(), to.address(), to.byteSize());
    }

    static long lgetxattr(Scratch scratch, MemorySegment path, MemorySegment name, MemorySegment to) {
        return LibC.call(LGETXATTR, scratch, path.address(), name.address(), to.address(), to.byteSize());
    }

    /** Only a hint, so its answer does not matter. */
    static int advise(Scratch scratch, int file, int advice) {
        return (int) LibC.call(FADVISE, scratch, file, 0, 0, advice);
    }
}
