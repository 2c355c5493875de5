package io.holdfast.embedded;

import org.jspecify.annotations.Nullable;

/**
 * A part of the one JVM (broker, region, mail catcher) cannot start or go on. The message is written for an operator
 * and starts with the stable code: what failed, on what, why, what is safe, what to do.
 */
public final class EmbeddedPartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;

    /**
     * @param code a stable code such as {@code HF-S01}; documented, never reused
     * @param message the operator's text without the code; carries no secret
     */
    public EmbeddedPartException(String code, String message, @Nullable Throwable cause) {
        super(code + " " + message, cause);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
