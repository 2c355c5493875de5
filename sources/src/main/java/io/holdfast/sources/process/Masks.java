package io.holdfast.sources.process;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Takes values of an environment out of text. */
final class Masks {

    private static final String MASK = "***";

    /** Values shorter than this are masked only where they stand alone. */
    private static final int SHORT = 4;

    private final List<Pattern> values;

    Masks(Collection<String> values) {
        this.values = values.stream()
                .filter(value -> !value.isBlank())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Masks::pattern)
                .toList();
    }

    private static Pattern pattern(String value) {
        String literal = Pattern.quote(value);
        return Pattern.compile(
                value.length() < SHORT ? "(?<![\\p{L}\\p{N}])" + literal + "(?![\\p{L}\\p{N}])" : literal);
    }

    String mask(String text) {
        String masked = text;
        for (Pattern value : values) {
            masked = value.matcher(masked).replaceAll(MASK);
        }
        return masked;
    }
}
