package io.holdfast.sources.engine;

/** Text of others, fit for one line of a message. */
final class Printable {

    private static final int MOST = 400;

    private Printable() {}

    static String of(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
    }
}
