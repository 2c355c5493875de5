package io.holdfast.sources.component;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A source could not be captured or put back. The message is written for an operator; the code is stable. */
public final class SourceException extends IOException {

    private final String code;
    private final String text;

    public SourceException(String code, String text) {
        this(code, text, null);
    }

    /**
     * Creates a failure; its message is the code and the text.
     *
     * @param text what failed, on what, why, what is safe, what to do
     */
    public SourceException(String code, String text, @Nullable Throwable cause) {
        super(text, cause);
        this.code = code;
        this.text = text;
    }

    /** The same failure, with one more sentence. */
    public SourceException with(String sentence) {
        return new SourceException(code, text + " " + sentence, this);
    }

    @Override
    public String getMessage() {
        return code + " " + text;
    }

    public String code() {
        return code;
    }
}
