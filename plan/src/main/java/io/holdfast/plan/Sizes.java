package io.holdfast.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and percentages as plans write them: {@code 16MiB}, {@code 20%}. */
final class Sizes {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,6}) ?([kKMGT]?i?B)");

    private Sizes() {}

    static long parse(String text) {
        Matcher size = SIZE.matcher(text);
        Names.require(size.matches() && !size.group(2).equals("iB"), "'%s' is not a size", Values.shown(text));
        String unit = size.group(2);
        long base = unit.contains("i") ? 1024 : 1000;
        int power = Math.max(0, "BKMGT".indexOf(Character.toUpperCase(unit.charAt(0))));
        long bytes = Long.parseLong(size.group(1));
        for (int step = 0; step < power; step++) {
            bytes = Math.multiplyExact(bytes, base);
        }
        return bytes;
    }

    static int parsePercent(String text) {
        Names.require(text.matches("[1-9]\\d{0,3} ?%"), "'%s' is not a percentage", Values.shown(text));
        return Integer.parseInt(text.replace("%", "").strip());
    }
}
