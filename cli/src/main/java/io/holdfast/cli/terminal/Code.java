package io.holdfast.cli.terminal;

/** What the command itself can complain about. The text form is stable and documented. */
public enum Code {
    NOT_RUNNING("HF-L01", ExitCodes.FAILED),
    TOKEN_UNUSABLE("HF-L02", ExitCodes.FAILED),
    CONSOLE_UNREACHABLE("HF-L03", ExitCodes.FAILED),
    STRANGE_ANSWER("HF-L04", ExitCodes.FAILED),
    USAGE("HF-L05", ExitCodes.FAILED),
    NO_PASSWORD("HF-L06", ExitCodes.FAILED),
    WHICH_REPOSITORY("HF-L07", ExitCodes.FAILED),
    BROKER_UNREACHABLE("HF-L09", ExitCodes.FAILED),
    UNKNOWN_TOPIC("HF-L10", ExitCodes.FAILED),
    OUTPUT_CLOSED("HF-L11", ExitCodes.FAILED),
    TARGET_REFUSED("HF-L12", ExitCodes.FAILED),
    OUT_OF_MEMORY("HF-L13", ExitCodes.FAILED),
    INVALID_PLAN("HF-L14", ExitCodes.FAILED),
    INTERRUPTED("HF-L15", ExitCodes.INTERRUPTED),
    REFUSED("HF-L16", ExitCodes.FAILED),
    NO_SUCH_ID("HF-L17", ExitCodes.FAILED),
    INTERNAL("HF-L99", ExitCodes.FAILED);

    private final String wire;
    private final int exit;

    Code(String wire, int exit) {
        this.wire = wire;
        this.exit = exit;
    }

    /** The text form: {@code HF-L05}. */
    public String wire() {
        return wire;
    }

    /** What the command exits with. */
    public int exit() {
        return exit;
    }

    /** The complaint, to be thrown; the message says what, on what, why, what is safe and what to do. */
    public CliException because(String message) {
        return new CliException(this, message);
    }
}
