package io.holdfast.cli;

/** The command cannot do what was asked. The message is for an operator: what, on what, why, what is safe, what to do. */
final class CliException extends RuntimeException {

    private final Code code;

    CliException(Code code, String message) {
        super(message);
        this.code = code;
    }

    Code code() {
        return code;
    }

    CliException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }
}
