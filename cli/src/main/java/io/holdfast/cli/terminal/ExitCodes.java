package io.holdfast.cli.terminal;

import io.holdfast.vault.VaultException;

/** The exit codes of restic, which scripts already know. */
public final class ExitCodes {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    /** Something was stored or brought back, but not all of it. */
    public static final int INCOMPLETE = 3;

    public static final int NO_REPOSITORY = 10;
    public static final int LOCKED = 11;
    public static final int WRONG_PASSWORD = 12;
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}

    /** What a command exits with that a problem ended. */
    public static int of(Throwable problem) {
        return switch (problem) {
            case CliException ours -> ours.code().exit();
            case VaultException vault -> of(vault.code());
            default -> FAILED;
        };
    }

    private static int of(VaultException.Code code) {
        return switch (code) {
            case NO_REPOSITORY -> NO_REPOSITORY;
            case LOCKED -> LOCKED;
            case WRONG_PASSWORD -> WRONG_PASSWORD;
            case INTERRUPTED -> INTERRUPTED;
            case REPOSITORY_EXISTS,
                    DAMAGED,
                    SOURCE_MISSING,
                    NO_SUCH_SNAPSHOT,
                    NO_SUCH_PATH,
                    TARGET_UNSAFE,
                    UNREACHABLE,
                    DENIED,
                    FULL,
                    REFUSED,
                    MISMATCH,
                    MISCONFIGURED,
                    LOCAL_IO,
                    UNSUPPORTED -> FAILED;
        };
    }
}
