package io.holdfast.vault.lock;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Another process works on the repository, or may have begun to because this one's lock is no longer good. */
public final class LockedException extends IOException {

    LockedException(String message) {
        this(message, null);
    }

    LockedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
