package io.holdfast.site;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Free text as part of a tag. restic separates tags by commas and prints them as they are, so commas, percent signs and
 * what steers a terminal are written as {@code %} and two hex digits for each byte of their UTF-8 form.
 */
final class TagText {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private TagText() {}

    static String encode(String text) {
        var encoded = new StringBuilder();
        text.codePoints().forEach(point -> {
            String character = Character.toString(point);
            if (isPlain(point)) {
                encoded.append(character);
            } else {
                for (byte each : character.getBytes(StandardCharsets.UTF_8)) {
                    HEX.toHexDigits(encoded.append('%'), each);
                }
            }
        });
        return encoded.toString();
    }

    /** Reads what {@link #encode} writes; a percent sign that begins no such form stands for itself. */
    static String decode(String encoded) {
        byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
        var text = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length && isHex(bytes[i + 1]) && isHex(bytes[i + 2])) {
                text.write((HexFormat.fromHexDigit(bytes[i + 1]) << 4) | HexFormat.fromHexDigit(bytes[i + 2]));
                i += 2;
            } else {
                text.write(bytes[i]);
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static boolean isHex(byte digit) {
        return HexFormat.isHexDigit(digit);
    }

    private static boolean isPlain(int point) {
        return point != ','
                && point != '%'
                && switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE,
                            Character.UNASSIGNED -> false;
                    default -> true;
                };
    }
}
