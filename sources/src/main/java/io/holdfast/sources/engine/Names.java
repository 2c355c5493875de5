package io.holdfast.sources.engine;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may be sent to an engine or started as a process. Each check throws {@link IllegalArgumentException}. */
final class Names {

    /** Of containers and volumes, as the engine has it; begins with no dash, and holds no slash. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}");

    private static final Pattern IMAGE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_./:@-]{0,511}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?");

    private Names() {}

    static String name(String what, String name) {
        require(NAME.matcher(name).matches(), what, name, "must be letters, digits, '_', '.' and '-'");
        return name;
    }

    static String image(String image) {
        require(IMAGE.matcher(image).matches(), "image", image, "is no name of an image");
        return image;
    }

    static @Nullable String user(@Nullable String user) {
        if (user != null) {
            require(USER.matcher(user).matches(), "user", user, "must be user or user:group");
        }
        return user;
    }

    /** An absolute path without {@code ..}. */
    static String path(String what, String path) {
        boolean climbs = List.of(path.split("/", -1)).contains("..");
        require(path.startsWith("/") && !climbs && isText(path), what, path, "must be absolute and without '..'");
        return path;
    }

    static List<String> argv(List<String> argv) {
        if (argv.isEmpty() || argv.getFirst().isBlank()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        if (!argv.stream().allMatch(Names::isText)) {
            throw new IllegalArgumentException("no argument of %s may hold a NUL".formatted(argv.getFirst()));
        }
        return List.copyOf(argv);
    }

    static Map<String, String> environment(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            require(VARIABLE.matcher(name).matches(), "variable", name, "must be letters, digits and '_'");
            require(isText(value), "variable", name, "must not hold a NUL");
        });
        return Map.copyOf(environment);
    }

    private static boolean isText(String text) {
        return text.indexOf('\0') < 0;
    }

    private static void require(boolean holds, String what, String name, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("%s '%s' %s".formatted(what, Printable.of(name), rule));
        }
    }
}
