package io.holdfast.cli.terminal;

import java.util.Locale;
import java.util.Optional;

/** A number of bytes as an operator writes it: {@code 500}, {@code 10k}, {@code 1.5} is none. */
public final class ByteSize {

    private static final String UNITS = "kmgt";

    private ByteSize() {}

    /** The bytes, where k, M, G and T count in 1024; empty if the text is no size. */
    public static Optional<Long> parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (!lower.matches("\\d{1,12}[kmgt]?b?")) {
            return Optional.empty();
        }
        String bare = lower.endsWith("b") ? lower.substring(0, lower.length() - 1) : lower;
        int unit = UNITS.indexOf(bare.charAt(bare.length() - 1)) + 1;
        long number = Long.parseLong(unit == 0 ? bare : bare.substring(0, bare.length() - 1));
        return Optional.of(Math.multiplyExact(number, 1L << (10 * unit)));
    }
}
