package io.holdfast.vault.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The calls that change files (section 2 of the manual). A negative answer is a failure, see {@link Scratch#errno}. */
final class Writing {

    private static final MethodHandle MKDIRAT = LibC.failing("mkdirat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle MKNODAT =
            LibC.failing("mknodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG);
    private static final MethodHandle SYMLINKAT = LibC.failing("symlinkat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle LINKAT =
            LibC.failing("linkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RENAMEAT =
            LibC.failing("renameat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle UNLINKAT = LibC.failing("unlinkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle PWRITE =
            LibC.failing("pwrite", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FTRUNCATE = LibC.failing("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle FSYNC = LibC.failing("fsync", JAVA_INT, JAVA_INT);
    private static final MethodHandle SYNCFS = LibC.failing("syncfs", JAVA_INT, JAVA_INT);
    private static final MethodHandle FCHOWNAT =
            LibC.failing("fchownat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CHMOD = LibC.failing("chmod", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle UTIMENSAT =
            LibC.failing("utimensat", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle SETXATTR =
            LibC.failing("setxattr", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle REMOVEXATTR = LibC.failing("removexattr", JAVA_INT, ADDRESS, ADDRESS);

    private Writing() {}

    static int mkdirat(Scratch scratch, int directory, MemorySegment path, int mode) {
        try {
            return (int) MKDIRAT.invokeExact(scratch.state(), directory, path, mode);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static int mknodat(Scratch scratch, int directory, MemorySegment path, int mode, long device) {
        try {
            return (int) MKNODAT.invokeExact(scratch.state(), directory, path, mode, device);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static int symlinkat(Scratch scratch, MemorySegment target, int directory, MemorySegment path) {
        try {
            return (int) SYMLINKAT.invokeExact(scratch.state(), target, directory, path);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static int linkat(Scratch scratch, int fromDirectory, MemorySegment from, int toDirectory, MemorySegment to) {
        try {
            return (int) LINKAT.invokeExact(scratch.state(), fromDirectory, from, toDirectory, to, 0);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static int renameat(Scratch scratch, int fromDirectory, MemorySegment from, int toDirectory, MemorySegment to) {
        try {
            return (int) RENAMEAT.invokeExact(scratch.state(), fromDirectory, from, toDirectory, to);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static int unlinkat(Scratch scratch, int directory, MemorySegment path, int flags) {
        try {
            return (int) UNLINKAT.invokeExact(scratch.state(), directory, path, flags);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static long pwrite(Scratch scratch, int file, MemorySegment from, long length, long position) {
        try {
            return (long) PWRITE.invokeExact(scratch.state(), file, from, length, position);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static int ftruncate(Scratch scratch, int file, long size) {
        try {
            return (int) FTRUNCATE.invokeExact(scratch.state(), file, size);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static int fsync(Scratch scratch, int file) {
        try {
            return (int) FSYNC.invokeExact(scratch.state(), file);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static int syncfs(Scratch scratch, int file) {
        try {
            return (int) SYNCFS.invokeExact(scratch.state(), file);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static int fchownat(Scratch scratch, int directory, MemorySegment path, int uid, int gid, int flags) {
        try {
            return (int) FCHOWNAT.invokeExact(scratch.state(), directory, path, uid, gid, flags);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static int chmod(Scratch scratch, MemorySegment path, int mode) {
        try {
            return (int) CHMOD.invokeExact(scratch.state(), path, mode);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static int utimensat(Scratch scratch, MemorySegment path, MemorySegment times) {
        try {
            return (int) UTIMENSAT.invokeExact(scratch.state(), LibC.AT_FDCWD, path, times, 0);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static int setxattr(Scratch scratch, MemorySegment path, MemorySegment name, MemorySegment value, long length) {
        try {
            return (int) SETXATTR.invokeExact(scratch.state(), path, name, value, length, 0);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }

    static int removexattr(Scratch scratch, MemorySegment path, MemorySegment name) {
        try {
            return (int) REMOVEXATTR.invokeExact(scratch.state(), path, name);
        } catch (Throwable e) {
            throw LibC.unexpected(e);
        }
    }
}
