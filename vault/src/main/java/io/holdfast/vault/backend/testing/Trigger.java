package io.holdfast.vault.backend.testing;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a fault strikes.
 *
 * @param type the type of file; null for any
 * @param first the first matching call that is struck, counted from 1
 * @param last the last one
 */
public record Trigger(Operation operation, @Nullable FileType type, int first, int last) {

    /** Every call of the operation. */
    public static Trigger of(Operation operation) {
        return new Trigger(operation, null, 1, Integer.MAX_VALUE);
    }

    /** Every call of the operation for files of the type. */
    public static Trigger of(Operation operation, FileType type) {
        return new Trigger(operation, type, 1, Integer.MAX_VALUE);
    }

    /** Only the n-th matching call, counted from 1. */
    public Trigger onCall(int n) {
        return new Trigger(operation, type, n, n);
    }

    /** Only the first n matching calls. */
    public Trigger times(int n) {
        return new Trigger(operation, type, 1, n);
    }

    /** The n-th matching call and all that follow. */
    public Trigger fromCall(int n) {
        return new Trigger(operation, type, n, Integer.MAX_VALUE);
    }

    boolean matches(Operation called, FileType on) {
        return operation == called && (type == null || type == on);
    }

    boolean includes(int call) {
        return first <= call && call <= last;
    }
}
