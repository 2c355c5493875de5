package io.holdfast.vault.feedback;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What was asked for cannot be done. The message is whole but for its code, and written for an operator. */
public final class RequestException extends IOException {

    /** What about the request is wrong. */
    public enum Kind {
        /** It makes no sense, or the caller's own guard said no. */
        REFUSED,
        /** What was to be backed up does not exist or cannot be read. */
        SOURCE_MISSING,
        NO_SUCH_SNAPSHOT,
        NO_SUCH_PATH,
        /** It would have to write where it must not. */
        TARGET_UNSAFE
    }

    private final Kind kind;

    public RequestException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public RequestException(Kind kind, String message) {
        this(kind, message, null);
    }

    public Kind kind() {
        return kind;
    }
}
