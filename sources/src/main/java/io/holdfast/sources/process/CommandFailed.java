package io.holdfast.sources.process;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A command did not do what it should: whatever it printed is not to be relied on. The message is written for an operator;
 * of the command it shows the program alone, and values of its environment are masked.
 */
public final class CommandFailed extends IOException {

    public enum Reason {
        /** There is no such program, or it may not be started. */
        NOT_STARTED,
        /** It ended with another status than 0. */
        STATUS,
        /** It took longer than it may, and was killed. */
        TIME_LIMIT,
        /** It printed more than there is room for, and was killed. */
        TOO_MUCH_OUTPUT,
        /** Its output was not read to the end; it was killed. */
        NOT_READ,
        /** The thread was interrupted, and still is; the command was killed. */
        INTERRUPTED
    }

    private final Reason reason;
    private final @Nullable Integer exitStatus;
    private final String stderr;

    CommandFailed(
            Reason reason, String message, @Nullable Integer exitStatus, String stderr, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.exitStatus = exitStatus;
        this.stderr = stderr;
    }

    public Reason reason() {
        return reason;
    }

    /** Null if it was killed or never ran. Above 128 if a signal ended it. */
    public @Nullable Integer exitStatus() {
        return exitStatus;
    }

    /** The last 8 KiB of what it printed to stderr, masked. */
    public String stderr() {
        return stderr;
    }
}
