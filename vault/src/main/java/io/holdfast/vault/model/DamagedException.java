package io.holdfast.vault.model;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Stored bytes are not what was written: a hash, an authentication code or a structure does not hold. */
public final class DamagedException extends IOException {

    public DamagedException(String message) {
        super(message);
    }

    public DamagedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
