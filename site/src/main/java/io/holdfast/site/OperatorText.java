package io.holdfast.site;

import io.holdfast.sources.component.SourceException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What events say to operators. The code travels in a field of its own, so the text does not repeat it. */
public final class OperatorText {

    private OperatorText() {}

    /**
     * An exception's text without the code that it begins with, and whatever else went wrong with sources after it, such
     * as what could not be brought back.
     */
    public static String of(String code, Exception e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String first = text.startsWith(code + " ") ? text.substring(code.length() + 1) : text;
        return Stream.concat(
                        Stream.of(first),
                        Stream.of(e.getSuppressed())
                                .filter(SourceException.class::isInstance)
                                .map(Throwable::getMessage)
                                .filter(more -> !more.equals(text)))
                .collect(Collectors.joining(" "));
    }
}
