package io.holdfast.vault.files;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Name patterns as restic and tar users know them.
 *
 * <ul>
 *   <li>{@code *.tmp}: no slash, matches a name at any depth
 *   <li>{@code cache/*}, {@code a/**}{@code /b}: with a slash, matches from the captured root down
 *   <li>{@code /srv/papers/old}: a leading slash, matches the absolute path
 * </ul>
 *
 * {@code *} and {@code ?} stay within a name, {@code [a-z]} is one character, {@code **} is any number of names. What
 * matches is left out with everything below it.
 */
public final class Patterns {

    private static final String ANY_DEPTH = "**";

    private record Rule(boolean absolute, boolean anchored, List<String> parts, List<Pattern> globs) {}

    private final List<Rule> rules = new ArrayList<>();

    public Patterns(List<String> patterns) {
        for (String pattern : patterns) {
            String bare = pattern.strip();
            while (bare.length() > 1 && bare.endsWith("/")) {
                bare = bare.substring(0, bare.length() - 1);
            }
            if (!bare.isEmpty() && !bare.equals("/")) {
                rules.add(rule(bare));
            }
        }
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * Whether a file is left out.
     *
     * @param below the names from the captured root down to the file
     * @param places the absolute paths of the captured root, on disk and in the snapshot
     */
    public boolean match(List<String> below, List<List<String>> places) {
        for (Rule rule : rules) {
            if (rule.absolute()) {
                for (List<String> place : places) {
                    List<String> whole = new ArrayList<>(place);
                    whole.addAll(below);
                    if (matches(rule, 0, whole, 0)) {
                        return true;
                    }
                }
            } else if (rule.anchored()) {
                if (matches(rule, 0, below, 0)) {
                    return true;
                }
            } else if (rule.globs().getFirst().matcher(below.getLast()).matches()) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(Rule rule, int part, List<String> names, int name) {
        if (part == rule.parts().size()) {
            return name == names.size();
        }
        if (rule.parts().get(part).equals(ANY_DEPTH)) {
            boolean last = part == rule.parts().size() - 1;
            if (last) {
                return name < names.size();
            }
            for (int skip = name; skip <= names.size(); skip++) {
                if (matches(rule, part + 1, names, skip)) {
                    return true;
                }
            }
            return false;
        }
        return name < names.size()
                && rule.globs().get(part).matcher(names.get(name)).matches()
                && matches(rule, part + 1, names, name + 1);
    }

    private static Rule rule(String pattern) {
        boolean absolute = pattern.startsWith("/");
        List<String> parts = new ArrayList<>();
        for (String part : pattern.split("/", -1)) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return new Rule(
                absolute,
                pattern.contains("/"),
                parts,
                parts.stream().map(Patterns::glob).toList());
    }

    private static Pattern glob(String part) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < part.length(); i++) {
            char ch = part.charAt(i);
            int close = ch == '[' ? part.indexOf(']', i + 2) : -1;
            if (ch == '*') {
                regex.append(".*");
            } else if (ch == '?') {
                regex.append('.');
            } else if (close > 0) {
                String inside = part.substring(i + 1, close)
                        .replace("\\", "\\\\")
                        .replace("[", "\\[")
                        .replace("&", "\\&");
                regex.append('[')
                        .append(inside.startsWith("!") ? "^" + inside.substring(1) : inside)
                        .append(']');
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(ch)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
