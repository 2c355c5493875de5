package io.holdfast.plan;

import org.jspecify.annotations.Nullable;

/** A secret could not be fetched. The message is written for an operator and does not hold the secret. */
public final class SecretUnavailableException extends RuntimeException {

    private final String code;

    SecretUnavailableException(String code, String message) {
        this(code, message, null);
    }

    SecretUnavailableException(String code, String message, @Nullable Exception cause) {
        super(code + " " + message, cause);
        this.code = code;
    }

    /** Stable: {@code HF-P41} not set, {@code HF-P42} unreadable, {@code HF-P43} empty. */
    public String code() {
        return code;
    }
}
