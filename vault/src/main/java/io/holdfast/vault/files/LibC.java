package io.holdfast.vault.files;

import io.holdfast.vault.foreign.NativeCall;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/** Calls functions of the C library, and names its constants. */
final class LibC {

    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_NO_AUTOMOUNT = 0x800;
    static final int AT_EMPTY_PATH = 0x1000;

    private static final boolean X86 = System.getProperty("os.arch", "").equals("amd64");

    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_CREAT = 0100;
    static final int O_EXCL = 0200;
    static final int O_NONBLOCK = 04000;
    static final int O_NOATIME = 01000000;
    static final int O_CLOEXEC = 02000000;
    static final int O_PATH = 010000000;
    static final int O_DIRECT = X86 ? 040000 : 0200000;
    static final int O_DIRECTORY = X86 ? 0200000 : 040000;
    static final int O_NOFOLLOW = X86 ? 0400000 : 0100000;

    static final int POSIX_FADV_SEQUENTIAL = 2;

    private static final SymbolLookup SYMBOLS = Linker.nativeLinker().defaultLookup();
    private static final MemorySegment STRERROR = function("strerror");

    private LibC() {}

    static boolean has(String name) {
        return SYMBOLS.find(name).isPresent();
    }

    static MemorySegment function(String name) {
        return SYMBOLS.find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no function '%s'".formatted(name)));
    }

    static long call(MemorySegment function, Scratch scratch, long a) {
        return call(function, scratch, a, 0, 0, 0, 0);
    }

    static long call(MemorySegment function, Scratch scratch, long a, long b) {
        return call(function, scratch, a, b, 0, 0, 0);
    }

    static long call(MemorySegment function, Scratch scratch, long a, long b, long c) {
        return call(function, scratch, a, b, c, 0, 0);
    }

    static long call(MemorySegment function, Scratch scratch, long a, long b, long c, long d) {
        return call(function, scratch, a, b, c, d, 0);
    }

    /**
     * Calls a function as {@link NativeCall} does. The memory behind an address must stay reachable, as what
     * {@link Scratch} hands out does until it hands out more.
     *
     * @return the answer, whose lower half alone means something where the function declares an {@code int}; what fails
     *     leaves the reason in {@link Scratch#errno}
     */
    static long call(MemorySegment function, Scratch scratch, long a, long b, long c, long d, long e) {
        return NativeCall.call(function, scratch.state(), a, b, c, d, e);
    }

    /** The system's words for an error. */
    @SuppressWarnings("restricted")
    static String describe(int errno) {
        return MemorySegment.ofAddress(call(STRERROR, Scratch.get(), errno))
                .reinterpret(Long.MAX_VALUE)
                .getString(0);
    }
}
