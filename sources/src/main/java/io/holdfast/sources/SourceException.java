package io.holdfast.sources;

import java.io.IOException;

/** A source could not be captured or put back. The message is written for an operator; the code is stable. */
public final class SourceException extends IOException {

    private final String code;

    SourceException(String code, String message) {
        super(code + " " + message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
