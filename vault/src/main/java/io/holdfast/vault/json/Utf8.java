package io.holdfast.vault.json;

/** Strict UTF-8 on raw bytes: no overlong forms, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {

    private Utf8() {}

    public static boolean isValid(byte[] raw) {
        int at = 0;
        while (at < raw.length) {
            int length = sequenceLength(raw, at);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Length of the valid sequence that starts here; 0 when there is none. */
    public static int sequenceLength(byte[] raw, int at) {
        int lead = raw[at] & 0xff;
        int length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > raw.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((raw[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        int point = codePoint(raw, at, length);
        boolean valid = switch (length) {
            case 3 -> point >= 0x800 && (point < 0xd800 || point > 0xdfff);
            case 4 -> point >= 0x10000 && point <= 0x10ffff;
            default -> true;
        };
        return valid ? length : 0;
    }

    public static int codePoint(byte[] raw, int at, int length) {
        int point = switch (length) {
            case 1 -> raw[at];
            case 2 -> raw[at] & 0x1f;
            case 3 -> raw[at] & 0x0f;
            default -> raw[at] & 0x07;
        };
        for (int i = 1; i < length; i++) {
            point = (point << 6) | (raw[at + i] & 0x3f);
        }
        return point;
    }
}
