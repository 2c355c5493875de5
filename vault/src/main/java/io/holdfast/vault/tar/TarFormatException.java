package io.holdfast.vault.tar;

import java.io.IOException;

/** A tar stream is damaged, ends early, or holds what no honest one does. */
public final class TarFormatException extends IOException {

    public TarFormatException(String message) {
        super(message);
    }

    TarFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
