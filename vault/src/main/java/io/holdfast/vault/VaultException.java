package io.holdfast.vault;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.contents.NoSuchPathException;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.feedback.RequestException;
import io.holdfast.vault.lock.LockedException;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.replica.MismatchException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A vault could not do what was asked. The message is written for an operator and starts with a stable code. */
public final class VaultException extends IOException {

    /** Why, as far as a caller decides by it. The text form is stable and documented. */
    public enum Code {
        /** There is no repository at the place. */
        NO_REPOSITORY("HF-V01"),
        /** There is a repository at the place already, or a part of one. */
        REPOSITORY_EXISTS("HF-V02"),
        /** No key file opens with the password. */
        WRONG_PASSWORD("HF-V03"),
        /** Another process works on the repository. */
        LOCKED("HF-V04"),
        /** Stored bytes are not what was written. */
        DAMAGED("HF-V05"),
        /** What was to be backed up does not exist or cannot be read. */
        SOURCE_MISSING("HF-V06"),
        NO_SUCH_SNAPSHOT("HF-V07"),
        /** The snapshot does not hold the path, or not as what was asked for. */
        NO_SUCH_PATH("HF-V08"),
        /** A restore would have to write where it must not. */
        TARGET_UNSAFE("HF-V09"),
        /** The place does not answer. Trying again can help. */
        UNREACHABLE("HF-V10"),
        /** Credentials or permissions do not allow it. */
        DENIED("HF-V11"),
        /** No space or quota is left. */
        FULL("HF-V12"),
        /** The request makes no sense, or the caller's own guard said no. */
        REFUSED("HF-V13"),
        /** The place holds another repository. */
        MISMATCH("HF-V14"),
        /** The bucket, directory or option of the place is wrong. */
        MISCONFIGURED("HF-V15"),
        /** The thread was interrupted. */
        INTERRUPTED("HF-V16"),
        /** Reading or writing this machine's own files failed. */
        LOCAL_IO("HF-V17"),
        /** The repository uses something this program does not know. */
        UNSUPPORTED("HF-V18");

        private final String text;

        Code(String text) {
            this.text = text;
        }

        /** The stable spelling, {@code HF-Vnn}. */
        public String text() {
            return text;
        }

        /** Whether the same call may succeed later with nothing changed by an operator. */
        public boolean isWorthRetrying() {
            return this == LOCKED || this == UNREACHABLE || this == INTERRUPTED;
        }
    }

    private final Code code;

    VaultException(Code code, String message, @Nullable Throwable cause) {
        super(code.text() + " " + message, cause);
        this.code = code;
    }

    VaultException(Code code, String message) {
        this(code, message, null);
    }

    public Code code() {
        return code;
    }

    /** Says what was being done, on what, and what that means. */
    static VaultException of(String doing, String location, IOException e) {
        if (e instanceof VaultException known) {
            return known;
        }
        if (e instanceof RequestException request) {
            return of(request);
        }
        if (e instanceof LockedException) {
            return new VaultException(Code.LOCKED, Problem.reason(e), e);
        }
        if (e.getCause() instanceof LockedException lost) {
            return of(doing, location, lost);
        }
        if (e instanceof NoSuchPathException) {
            return new VaultException(
                    Code.NO_SUCH_PATH,
                    "Cannot %s %s: %s. Nothing was changed. List the snapshot to see what it holds."
                            .formatted(doing, location, e.getMessage()),
                    e);
        }
        if (e instanceof MismatchException) {
            return new VaultException(Code.MISMATCH, Problem.reason(e), e);
        }
        String start = "Cannot %s %s: %s. ".formatted(doing, location, Problem.reason(e));
        if (e instanceof DamagedException) {
            return new VaultException(
                    Code.DAMAGED,
                    start + "What is intact stays restorable; nothing was deleted. "
                            + "Run check with readData, then bring the named file back from another copy.",
                    e);
        }
        if (e instanceof BackendException failure) {
            String whole = "Cannot %s %s. Every snapshot made before is safe. %s"
                    .formatted(doing, location, Problem.reason(failure));
            return new VaultException(codeOf(failure.kind()), whole, failure);
        }
        if (e instanceof java.nio.channels.ClosedByInterruptException
                || e instanceof java.io.InterruptedIOException
                || Thread.currentThread().isInterrupted()) {
            return new VaultException(
                    Code.INTERRUPTED,
                    "Interrupted while trying to %s %s. Everything stored before stays valid. Run it again."
                            .formatted(doing, location),
                    e);
        }
        return new VaultException(
                Code.LOCAL_IO, start + "The repository is unharmed. See the cause, then run it again.", e);
    }

    /** What a caller's own guard has from a vault is told as it is. */
    private static VaultException of(RequestException request) {
        return request.kind() == RequestException.Kind.REFUSED && request.getCause() instanceof VaultException known
                ? known
                : new VaultException(codeOf(request.kind()), Problem.reason(request), request.getCause());
    }

    private static Code codeOf(RequestException.Kind kind) {
        return switch (kind) {
            case REFUSED -> Code.REFUSED;
            case SOURCE_MISSING -> Code.SOURCE_MISSING;
            case NO_SUCH_SNAPSHOT -> Code.NO_SUCH_SNAPSHOT;
            case NO_SUCH_PATH -> Code.NO_SUCH_PATH;
            case TARGET_UNSAFE -> Code.TARGET_UNSAFE;
        };
    }

    private static Code codeOf(BackendException.Kind kind) {
        return switch (kind) {
            case NOT_FOUND, DAMAGED -> Code.DAMAGED;
            case DENIED, RETAINED -> Code.DENIED;
            case MISCONFIGURED -> Code.MISCONFIGURED;
            case FULL -> Code.FULL;
            case UNREACHABLE -> Code.UNREACHABLE;
        };
    }
}
