package io.holdfast.site;

import io.holdfast.sources.component.SourceException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What events say to operators. The code travels in a field of its own, so the text does not repeat it. */
public final class OperatorText {

    private static final int MOST_AT_EITHER_END = 8 * 1024;

    private OperatorText() {}

    /**
     * An exception's text without the code that it begins with, and whatever else went wrong with sources after it, such
     * as what could not be brought back. A text that fits into no event is cut in its middle: an outcome that could not be
     * told would be tried for ever.
     */
    public static String of(String code, Exception e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String first = text.startsWith(code + " ") ? text.substring(code.length() + 1) : text;
        return cut(Stream.concat(
                        Stream.of(first),
                        Stream.of(e.getSuppressed())
                                .filter(SourceException.class::isInstance)
                                .map(Throwable::getMessage)
                                .filter(more -> !more.equals(text)))
                .collect(Collectors.joining(" ")));
    }

    private static String cut(String text) {
        int end = outsideAPair(text, MOST_AT_EITHER_END);
        int start = outsideAPair(text, text.length() - MOST_AT_EITHER_END);
        return start <= end
                ? text
                : "%s […%d characters…] %s".formatted(text.substring(0, end), start - end, text.substring(start));
    }

    /** Half a character of two could not be written. */
    private static int outsideAPair(String text, int at) {
        boolean within =
                at > 0 && at < text.length() && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
        return within ? at - 1 : at;
    }
}
