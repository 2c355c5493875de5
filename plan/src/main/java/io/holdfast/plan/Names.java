package io.holdfast.plan;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for names of stacks, components, regions, classes and sites, and the checks the records share. */
final class Names {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private Names() {}

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static String name(String what, String name) {
        require(isName(name), "%s '%s' must be 1 to 63 lower-case letters, digits or dashes", what, name);
        return name;
    }

    static String text(String what, String text) {
        require(!text.isBlank(), "%s must not be blank", what);
        return text;
    }

    static <T> List<T> some(String what, List<T> list) {
        require(!list.isEmpty(), "%s must not be empty", what);
        return List.copyOf(list);
    }

    @SuppressWarnings("AnnotateFormatMethod")
    static void require(boolean holds, String message, @Nullable Object... arguments) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(arguments));
        }
    }
}
