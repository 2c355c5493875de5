package io.holdfast.sources.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The engine did not do what was asked. The message is written for an operator and holds no secret. */
public final class EngineException extends IOException {

    public enum Reason {
        /** Nothing was asked of it: no socket, no permission, no answer. */
        UNREACHABLE,
        NO_SUCH_CONTAINER,
        NO_SUCH_VOLUME,
        /** Not on the engine; nothing is ever pulled. */
        NO_SUCH_IMAGE,
        NO_SUCH_PATH,
        /** It is in no state for that: paused, not running, in use, read-only. */
        CONFLICT,
        /** 401 or 403, as a socket proxy answers what its list does not allow. */
        DENIED,
        /** A name that could be taken for something else; nothing was asked of the engine. */
        BAD_NAME,
        /** Whatever else the engine answered. */
        SERVER_ERROR,
        /** It went away in the middle, or what it sent is cut. What was asked for may have been done or not. */
        LOST,
        /** The thread was interrupted, and still is. */
        INTERRUPTED
    }

    private final Reason reason;

    EngineException(Reason reason, String message) {
        this(reason, message, null);
    }

    EngineException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
