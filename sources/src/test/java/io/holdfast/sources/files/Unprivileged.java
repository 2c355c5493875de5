package io.holdfast.sources.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Lets code run into permissions even where the tests run as root. */
final class Unprivileged {

    private static final int CAPABILITY_VERSION_3 = 0x20080522;
    private static final int THIS_THREAD = 0;

    private Unprivileged() {}

    /**
     * Calls {@code code} on a thread of its own which, on Linux, has given up all capabilities: permissions bind it as
     * they bind the owner of its files.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/capset.2.html">capset(2)</a>
     */
    static <T> T call(Callable<T> code) throws Exception {
        var task = new FutureTask<>(() -> {
            if (Files.isDirectory(Path.of("/proc/self"))) {
                giveUpCapabilities();
            }
            return code.call();
        });
        Thread.ofPlatform().start(task);
        return task.get();
    }

    @SuppressWarnings("restricted")
    private static void giveUpCapabilities() {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocateFrom(JAVA_INT, CAPABILITY_VERSION_3, THIS_THREAD);
            MemorySegment none = arena.allocate(JAVA_INT, 6);
            int result = (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("capset"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS))
                    .invokeExact(header, none);
            if (result != 0) {
                throw new IllegalStateException("capset failed");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
