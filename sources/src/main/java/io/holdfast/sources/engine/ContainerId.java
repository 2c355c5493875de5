package io.holdfast.sources.engine;

import java.util.regex.Pattern;

/** The full id of a container: 64 hexadecimal digits. It never comes again, where a name may. */
public record ContainerId(String hex) {

    private static final Pattern FULL = Pattern.compile("[0-9a-f]{64}");

    public ContainerId {
        if (!isId(hex)) {
            throw new IllegalArgumentException("'%s' is no full id of a container".formatted(Printable.of(hex)));
        }
    }

    static boolean isId(String text) {
        return FULL.matcher(text).matches();
    }

    @Override
    public String toString() {
        return hex;
    }
}
