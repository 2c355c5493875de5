package io.holdfast.events;

import java.util.List;
import java.util.regex.Pattern;

/** The one rule for names of stacks, components, sites and regions: they become keys, paths and topic names. */
public final class Names {

    static final String FORM = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    private static final Pattern NAME = Pattern.compile(FORM);

    private Names() {}

    public static boolean isValid(String name) {
        return NAME.matcher(name).matches();
    }

    static void require(String what, String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(
                    "%s '%s' must be 1 to 63 lower-case letters, digits or dashes".formatted(what, name));
        }
    }

    static void requireAll(String what, List<String> names) {
        names.forEach(name -> require(what, name));
    }

    /** The rule for a name of which one value has a meaning of its own. */
    static void requireFree(String what, String name, String reserved) {
        require(what, name);
        if (name.equals(reserved)) {
            throw new IllegalArgumentException("%s '%s' is reserved; choose another name".formatted(what, name));
        }
    }
}
