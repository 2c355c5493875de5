package io.holdfast.vault.backend;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A place could not do what was asked. The kind tells whether asking again can help, so the retry policy is part of the
 * contract between a {@link Backend} and its callers.
 */
public final class BackendException extends IOException {

    /** Why a place refused, as far as a caller decides by it. */
    public enum Kind {
        /** The file does not exist. Permanent. */
        NOT_FOUND(false),
        /** Credentials or permissions do not allow it. Permanent. */
        DENIED(false),
        /** The bucket, directory or option itself is wrong. Permanent. */
        MISCONFIGURED(false),
        /** No space or quota is left. Permanent until someone frees some. */
        FULL(false),
        /** The file is kept from deletion still, by a lock or a hold on it. Permanent until that ends. */
        RETAINED(false),
        /** What arrived or came back is not what was sent. Transient once; damage if it stays. */
        DAMAGED(true),
        /** No answer, a broken connection, a server's own error. Transient. */
        UNREACHABLE(true);

        private final boolean worthRetrying;

        Kind(boolean worthRetrying) {
            this.worthRetrying = worthRetrying;
        }

        public boolean worthRetrying() {
            return worthRetrying;
        }
    }

    private final Kind kind;

    public BackendException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
