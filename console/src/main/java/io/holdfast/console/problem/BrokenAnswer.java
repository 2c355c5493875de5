package io.holdfast.console.problem;

/**
 * An answer broke after its first bytes were sent. It must reach the container, which then cuts the connection, so that
 * the caller sees a broken download and not a short one that looks whole: see {@link CutConnections}.
 */
public final class BrokenAnswer extends RuntimeException {

    public BrokenAnswer(String message, Throwable cause) {
        super(message, cause);
    }
}
