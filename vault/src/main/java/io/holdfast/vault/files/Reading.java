package io.holdfast.vault.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The calls that look at files (section 2 of the manual). A negative answer is a failure, see {@link Scratch#errno}. */
final class Reading {

    private static final MethodHandle OPENAT =
            LibC.variadic("openat", 3, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = LibC.failing("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle LSEEK = LibC.failing("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle READ = LibC.failing("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle GETDENTS =
            LibC.failing(LibC.has("getdents64") ? "getdents64" : "getdents", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle STATX =
            LibC.failing("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle READLINKAT =
            LibC.failing("readlinkat", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle LISTXATTR = LibC.failing("listxattr", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle LLISTXATTR = LibC.failing("llistxattr", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle GETXATTR =
            LibC.failing("getxattr", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle LGETXATTR =
            LibC.failing("lgetxattr", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle FADVISE =
            LibC.function("posix_fadvise", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);

    private Reading() {}

    static int openat(Scratch scratch, int directory, MemorySegment path, int flags, int mode) {
        try {
            return (int) OPENAT.invokeExact(scratch.state(), directory, path, flags, mode);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static int close(Scratch scratch, int file) {
        try {
            return (int) CLOSE.invokeExact(scratch.state(), file);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static long rewind(Scratch scratch, int file) {
        try {
            return (long) LSEEK.invokeExact(scratch.state(), file, 0L, 0);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static long read(Scratch scratch, int file, MemorySegment to, long length) {
        try {
            return (long) READ.invokeExact(scratch.state(), file, to, length);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static long getdents(Scratch scratch, int directory, MemorySegment to) {
        try {
            return (long) GETDENTS.invokeExact(scratch.state(), directory, to, to.byteSize());
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    /** Leaves its answer in {@link Scratch#struct}. */
    static int statx(Scratch scratch, int directory, MemorySegment path, int flags) {
        try {
            return (int) STATX.invokeExact(scratch.state(), directory, path, flags, Statx.BASIC, scratch.struct());
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static long readlinkat(Scratch scratch, int directory, MemorySegment path, MemorySegment to) {
        try {
            return (long) READLINKAT.invokeExact(scratch.state(), directory, path, to, to.byteSize());
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static long listxattr(Scratch scratch, MemorySegment path, MemorySegment to) {
        try {
            return (long) LISTXATTR.invokeExact(scratch.state(), path, to, to.byteSize());
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static long llistxattr(Scratch scratch, MemorySegment path, MemorySegment to) {
        try {
            return (long) LLISTXATTR.invokeExact(scratch.state(), path, to, to.byteSize());
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static long getxattr(Scratch scratch, MemorySegment path, MemorySegment name, MemorySegment to) {
        try {
            return (long) GETXATTR.invokeExact(scratch.state(), path, name, to, to.byteSize());
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static long lgetxattr(Scratch scratch, MemorySegment path, MemorySegment name, MemorySegment to) {
        try {
            return (long) LGETXATTR.invokeExact(scratch.state(), path, name, to, to.byteSize());
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    /** Only a hint, so its answer does not matter. */
    static int advise(int file, int advice) {
        try {
            return (int) FADVISE.invokeExact(file, 0L, 0L, advice);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }
}
