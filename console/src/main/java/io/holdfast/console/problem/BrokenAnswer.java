package io.holdfast.console.problem;

import java.io.IOException;

/**
 * An answer broke after its first bytes were sent. Nothing may handle this: it must reach the container, which then cuts
 * the connection, so that the caller sees a broken download and not a short one that looks whole.
 */
public final class BrokenAnswer extends IOException {

    public BrokenAnswer(String message, Throwable cause) {
        super(message, cause);
    }
}
