package io.holdfast.vault.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.time.Instant;

/** The two calls that the JDK's file API lacks: making a fifo, and setting times without opening or following. */
public final class Posix {

    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;

    private static final MethodHandle MKFIFO = handle("mkfifo", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle UTIMENSAT =
            handle("utimensat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));

    private Posix() {}

    public static void makeFifo(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            check((int) MKFIFO.invokeExact(bytes(arena, path), 0600), "make the fifo", path);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets access and modification time of the path itself, to the nanosecond. */
    public static void setTimes(Path path, Instant time) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment times = arena.allocate(JAVA_LONG, 4);
            for (int i = 0; i < 2; i++) {
                times.setAtIndex(JAVA_LONG, 2L * i, time.getEpochSecond());
                times.setAtIndex(JAVA_LONG, 2L * i + 1, time.getNano());
            }
            int result = (int) UTIMENSAT.invokeExact(AT_FDCWD, bytes(arena, path), times, AT_SYMLINK_NOFOLLOW);
            check(result, "set the times", path);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MemorySegment bytes(SegmentAllocator arena, Path path) {
        byte[] raw = RawPaths.bytesOf(path);
        MemorySegment text = arena.allocate(raw.length + 1L);
        MemorySegment.copy(raw, 0, text, JAVA_BYTE, 0, raw.length);
        return text;
    }

    private static void check(int result, String what, Path path) throws IOException {
        if (result != 0) {
            throw new IOException("cannot %s: %s".formatted(what, path));
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
}
