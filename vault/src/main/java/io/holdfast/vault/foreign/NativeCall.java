package io.holdfast.vault.foreign;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Calls a function whose arguments are at most five integers and addresses. Linux passes these in registers, of which a
 * function reads those that it declares, {@code ...} or not; so one shape fits all, and a JVM that has just started binds
 * no more than that.
 */
public final class NativeCall {

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    @SuppressWarnings("restricted")
    private static final MethodHandle FIVE = Linker.nativeLinker()
            .downcallHandle(
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.captureCallState("errno"));

    private NativeCall() {}

    /** Memory in which calls leave the reason why they failed. */
    public static MemorySegment state(Arena arena) {
        return arena.allocate(STATE);
    }

    /** The reason that the last call left. */
    public static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /**
     * The memory behind an address must stay reachable until this returns.
     *
     * @param state from {@link #state}
     * @return the answer, whose lower half alone means something where the function declares an {@code int}
     */
    public static long call(MemorySegment function, MemorySegment state, long a, long b, long c, long d, long e) {
        try {
            return (long) FIVE.invokeExact(function, state, a, b, c, d, e);
        } catch (Throwable defect) {
            throw unexpected(defect);
        }
    }

    /** What a call through a handle throws can only be a defect. */
    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
}
