package io.holdfast.sources.postgresql;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What pg_dumpall writes of roles and tablespaces: one statement a line. */
final class Globals {

    private static final Pattern ABOUT =
            Pattern.compile("(?:CREATE|ALTER) (ROLE|TABLESPACE) (\"(?:[^\"]|\"\")*\"|[^\\s;]+).*");

    private Globals() {}

    /** @param existing as {@code ROLE name} and {@code TABLESPACE name}, quoted where SQL asks for it */
    static String without(String globals, List<String> existing) {
        return globals.lines()
                .filter(line -> {
                    Matcher about = ABOUT.matcher(line);
                    return !about.matches() || !existing.contains(about.group(1) + " " + about.group(2));
                })
                .filter(line -> !line.startsWith("\\"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
