package io.holdfast.vault.files;

import io.holdfast.vault.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pattern of one name.
 *
 * <pre>
 * pattern = { "*" | "?" | "[" [ "^" ] range { range } "]" | character }
 * range   = character [ "-" character ]
 * </pre>
 *
 * A backslash makes the next character an ordinary one. A name need not be text: each byte that is not UTF-8 counts as
 * a character.
 */
public final class Glob {

    private static final int NOWHERE = -1;
    private static final int ANYWHERE = -2;

    private static final Element STAR = (_, _) -> ANYWHERE;
    private static final Element ANY = (name, at) -> at < name.length ? at + length(name, at) : NOWHERE;

    /** Takes one part of a name. */
    private interface Element {
        /** Where the rest begins. */
        int after(byte[] name, int at);
    }

    private final Element[] elements;

    private Glob(List<Element> elements) {
        this.elements = elements.toArray(Element[]::new);
    }

    /** Reads a pattern; a malformed one is an {@link IllegalArgumentException}. */
    public static Glob of(String text) {
        return new Parser(text).glob();
    }

    public boolean matches(byte[] name) {
        int element = 0;
        int at = 0;
        int star = NOWHERE;
        int afterStar = 0;
        while (element < elements.length || at < name.length) {
            int next = element < elements.length ? elements[element].after(name, at) : NOWHERE;
            if (next == ANYWHERE) {
                star = ++element;
                afterStar = at;
            } else if (next != NOWHERE) {
                at = next;
                element++;
            } else if (star != NOWHERE && afterStar < name.length) {
                element = star;
                at = ++afterStar;
            } else {
                return false;
            }
        }
        return true;
    }

    private static Element literal(byte[] text) {
        return (name, at) -> {
            int end = at + text.length;
            return end <= name.length && Arrays.equals(name, at, end, text, 0, text.length) ? end : NOWHERE;
        };
    }

    /** @param ranges first and last character of each */
    private static Element oneOf(boolean negated, int[] ranges) {
        return (name, at) -> {
            if (at >= name.length) {
                return NOWHERE;
            }
            int length = Utf8.sequenceLength(name, at);
            int character = length == 0 ? '\ufffd' : Utf8.codePoint(name, at, length);
            boolean within = false;
            for (int i = 0; i < ranges.length; i += 2) {
                within |= ranges[i] <= character && character <= ranges[i + 1];
            }
            return within == negated ? NOWHERE : at + Math.max(1, length);
        };
    }

    private static int length(byte[] name, int at) {
        return Math.max(1, Utf8.sequenceLength(name, at));
    }

    private static final class Parser {

        private final int[] text;
        private final StringBuilder literal = new StringBuilder();
        private final List<Element> elements = new ArrayList<>();
        private int at;

        Parser(String text) {
            this.text = text.codePoints().toArray();
        }

        Glob glob() {
            while (at < text.length) {
                if (isNext('*')) {
                    add(STAR);
                } else if (isNext('?')) {
                    add(ANY);
                } else if (isNext('[')) {
                    add(range());
                } else {
                    literal.appendCodePoint(character());
                }
            }
            endLiteral();
            return new Glob(elements);
        }

        private void add(Element element) {
            endLiteral();
            elements.add(element);
        }

        private void endLiteral() {
            if (!literal.isEmpty()) {
                elements.add(Glob.literal(literal.toString().getBytes(StandardCharsets.UTF_8)));
                literal.setLength(0);
            }
        }

        private Element range() {
            boolean negated = isNext('^');
            List<Integer> ranges = new ArrayList<>();
            do {
                int first = inRange();
                ranges.add(first);
                ranges.add(isNext('-') ? inRange() : first);
            } while (!isNext(']'));
            return oneOf(negated, ranges.stream().mapToInt(Integer::intValue).toArray());
        }

        private int inRange() {
            if (isNext('-') || isNext(']')) {
                throw new IllegalArgumentException("in [], '-' and ']' stand between characters or behind a \\");
            }
            int character = character();
            if (at == text.length) {
                throw new IllegalArgumentException("a [ has no ]");
            }
            return character;
        }

        private boolean isNext(char wanted) {
            boolean found = at < text.length && text[at] == wanted;
            at += found ? 1 : 0;
            return found;
        }

        private int character() {
            boolean escaped = isNext('\\');
            if (at == text.length) {
                throw new IllegalArgumentException(escaped ? "it ends with a \\" : "a [ has no ]");
            }
            return text[at++];
        }
    }
}
