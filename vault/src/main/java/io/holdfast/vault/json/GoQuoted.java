package io.holdfast.vault.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Go's quoting of raw bytes, without the outer quotes. Tree blobs spell names this way, so a name need not be UTF-8.
 *
 * <p>Which code points count as printable follows the JDK's Unicode tables; a difference from Go's costs shared tree
 * blobs, never a name.
 */
public final class GoQuoted {

    private GoQuoted() {}

    public static String quote(byte[] raw) {
        StringBuilder out = new StringBuilder(raw.length + 8);
        int at = 0;
        while (at < raw.length) {
            int length = Utf8.sequenceLength(raw, at);
            if (length == 0) {
                out.append("\\x%02x".formatted(raw[at] & 0xff));
                at++;
            } else {
                append(out, Utf8.codePoint(raw, at, length));
                at += length;
            }
        }
        return out.toString();
    }

    /** Reverses {@link #quote}; a broken escape is an {@link IllegalArgumentException}. */
    public static byte[] unquote(String text) {
        if (text.indexOf('\\') < 0) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (point == '\\') {
                at = unescape(text, at + 1, out);
            } else {
                out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(point);
            }
        }
        return out.toByteArray();
    }

    private static void append(StringBuilder out, int point) {
        switch (point) {
            case '"', '\\' -> out.append('\\').append((char) point);
            case 0x07 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 0x0b -> out.append("\\v");
            default -> {
                if (point < ' ' || point == 0x7f) {
                    out.append("\\x%02x".formatted(point));
                } else if (isPrintable(point)) {
                    out.appendCodePoint(point);
                } else {
                    out.append((point < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(point));
                }
            }
        }
    }

    private static boolean isPrintable(int point) {
        return point == ' '
                || switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.SPACE_SEPARATOR,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }

    private static int unescape(String text, int at, ByteArrayOutputStream out) {
        if (at >= text.length()) {
            throw new IllegalArgumentException("name ends within an escape");
        }
        char kind = text.charAt(at);
        switch (kind) {
            case 'a' -> out.write(0x07);
            case 'b' -> out.write('\b');
            case 'f' -> out.write('\f');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case 't' -> out.write('\t');
            case 'v' -> out.write(0x0b);
            case '\\', '"', '\'' -> out.write(kind);
            case 'x' -> {
                out.write(number(text, at + 1, 2, 16));
                return at + 3;
            }
            case 'u' -> {
                out.writeBytes(Character.toString(number(text, at + 1, 4, 16)).getBytes(StandardCharsets.UTF_8));
                return at + 5;
            }
            case 'U' -> {
                out.writeBytes(Character.toString(number(text, at + 1, 8, 16)).getBytes(StandardCharsets.UTF_8));
                return at + 9;
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                out.write(number(text, at, 3, 8));
                return at + 3;
            }
            default -> throw new IllegalArgumentException("unknown escape \\" + kind);
        }
        return at + 1;
    }

    private static int number(String text, int at, int digits, int radix) {
        if (at + digits > text.length()) {
            throw new IllegalArgumentException("name ends within an escape");
        }
        return Integer.parseUnsignedInt(text, at, at + digits, radix);
    }
}
