package io.holdfast.vault.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of the C library that are used, as it declares them. A negative answer is a failure; its reason is
 * {@link Scratch#errno}.
 */
final class LibC {

    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_NO_AUTOMOUNT = 0x800;
    static final int AT_EMPTY_PATH = 0x1000;

    private static final boolean X86 = System.getProperty("os.arch", "").equals("amd64");

    static final int O_RDONLY = 0;
    static final int O_NONBLOCK = 04000;
    static final int O_NOATIME = 01000000;
    static final int O_CLOEXEC = 02000000;
    static final int O_PATH = 010000000;
    static final int O_DIRECTORY = X86 ? 0200000 : 040000;
    static final int O_NOFOLLOW = X86 ? 0400000 : 0100000;

    static final int POSIX_FADV_SEQUENTIAL = 2;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

    private static final MethodHandle OPENAT = handle(
            "openat",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            ERRNO,
            Linker.Option.firstVariadicArg(3));
    private static final MethodHandle CLOSE = failing("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle LSEEK = failing("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle READ = failing("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle GETDENTS = failing(
            SYMBOLS.find("getdents64").isPresent() ? "getdents64" : "getdents",
            JAVA_LONG,
            JAVA_INT,
            ADDRESS,
            JAVA_LONG);
    private static final MethodHandle STATX =
            failing("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle READLINKAT =
            failing("readlinkat", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle LLISTXATTR = failing("llistxattr", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle LGETXATTR = failing("lgetxattr", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle FADVISE =
            handle("posix_fadvise", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle STRERROR = handle("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final MethodHandle GETPWUID = account("getpwuid_r", JAVA_INT);
    private static final MethodHandle GETGRGID = account("getgrgid_r", JAVA_INT);

    private LibC() {}

    static int openat(Scratch scratch, int directory, MemorySegment path, int flags, int mode) {
        try {
            return (int) OPENAT.invokeExact(scratch.state(), directory, path, flags, mode);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int close(Scratch scratch, int file) {
        try {
            return (int) CLOSE.invokeExact(scratch.state(), file);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long rewind(Scratch scratch, int file) {
        try {
            return (long) LSEEK.invokeExact(scratch.state(), file, 0L, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long read(Scratch scratch, int file, MemorySegment to, long length) {
        try {
            return (long) READ.invokeExact(scratch.state(), file, to, length);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long getdents(Scratch scratch, int directory, MemorySegment to) {
        try {
            return (long) GETDENTS.invokeExact(scratch.state(), directory, to, to.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int statx(Scratch scratch, int directory, MemorySegment path, int flags, int mask, MemorySegment to) {
        try {
            return (int) STATX.invokeExact(scratch.state(), directory, path, flags, mask, to);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long readlinkat(Scratch scratch, int directory, MemorySegment path, MemorySegment to) {
        try {
            return (long) READLINKAT.invokeExact(scratch.state(), directory, path, to, to.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long llistxattr(Scratch scratch, MemorySegment path, MemorySegment to) {
        try {
            return (long) LLISTXATTR.invokeExact(scratch.state(), path, to, to.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long lgetxattr(Scratch scratch, MemorySegment path, MemorySegment name, MemorySegment to) {
        try {
            return (long) LGETXATTR.invokeExact(scratch.state(), path, name, to, to.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Only a hint, so its answer does not matter. */
    static void advise(int file, int advice) {
        try {
            int _ = (int) FADVISE.invokeExact(file, 0L, 0L, advice);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Finds an account by its number; gives an error number, and null in {@code result} when there is none. */
    static int getpwuid(int uid, MemorySegment record, MemorySegment buffer, MemorySegment result) {
        try {
            return (int) GETPWUID.invokeExact(uid, record, buffer, buffer.byteSize(), result);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** As {@link #getpwuid}, for a group. */
    static int getgrgid(int gid, MemorySegment record, MemorySegment buffer, MemorySegment result) {
        try {
            return (int) GETGRGID.invokeExact(gid, record, buffer, buffer.byteSize(), result);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @SuppressWarnings("restricted")
    static String describe(int errno) {
        try {
            return ((MemorySegment) STRERROR.invokeExact(errno))
                    .reinterpret(Long.MAX_VALUE)
                    .getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static MethodHandle failing(String name, MemoryLayout result, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(result, arguments), ERRNO);
    }

    private static MethodHandle account(String name, MemoryLayout key) {
        return handle(name, FunctionDescriptor.of(JAVA_INT, key, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        MemorySegment function = SYMBOLS.find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no function '%s'".formatted(name)));
        return LINKER.downcallHandle(function, descriptor, options);
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
}
