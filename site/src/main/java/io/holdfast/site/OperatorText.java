package io.holdfast.site;

/** What events say to operators. The code travels in a field of its own, so the text does not repeat it. */
public final class OperatorText {

    private OperatorText() {}

    /** An exception's text without the code that it begins with. */
    public static String of(String code, Exception e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.startsWith(code + " ") ? text.substring(code.length() + 1) : text;
    }
}
