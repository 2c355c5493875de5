package io.holdfast.cli.terminal;

/** The command cannot do what was asked. The message is for an operator: what, on what, why, what is safe, what to do. */
public final class CliException extends RuntimeException {

    private final Code code;

    CliException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** This, with what led to it, which is shown when debugging. */
    public CliException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }
}
