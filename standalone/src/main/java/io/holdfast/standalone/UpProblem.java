package io.holdfast.standalone;

import org.jspecify.annotations.Nullable;

/** Why the platform does not start. The message is written for an operator and starts with a stable code. */
final class UpProblem extends Exception {

    UpProblem(String code, String message) {
        this(code, message, null);
    }

    /** @param cause shown with {@code --debug} */
    UpProblem(String code, String message, @Nullable Throwable cause) {
        super(code + " " + message, cause);
    }
}
