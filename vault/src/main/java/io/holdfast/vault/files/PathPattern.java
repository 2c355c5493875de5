package io.holdfast.vault.files;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One pattern of a path, as the names it is made of.
 *
 * @param negated whether what matches is no match after all
 * @param absolute whether it begins at the root of the file system
 * @param parts {@link #ANY_DEPTH} stands for any number of names, also none; never two of them in a row
 */
record PathPattern(boolean negated, boolean absolute, List<Glob> parts) {

    static final Glob ANY_DEPTH = Glob.of("**");

    PathPattern {
        parts = List.copyOf(parts);
    }

    /** Reads a pattern; a malformed one is an {@link IllegalArgumentException} that names it. */
    static PathPattern of(String pattern) {
        boolean negated = pattern.startsWith("!");
        String path = negated ? pattern.substring(1) : pattern;
        List<Glob> parts = new ArrayList<>();
        try {
            for (String part : names(path)) {
                boolean anyDepth = part.equals("**");
                if (!anyDepth || parts.isEmpty() || parts.getLast() != ANY_DEPTH) {
                    parts.add(anyDepth ? ANY_DEPTH : Glob.of(part));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the pattern '%s' is malformed: %s".formatted(pattern, e.getMessage()), e);
        }
        return new PathPattern(negated, path.startsWith("/"), parts);
    }

    boolean isAnyDepth(int part) {
        return parts.get(part) == ANY_DEPTH;
    }

    /** Whether nothing more is needed when the parts before this one have matched. */
    boolean isCompleteAt(int part) {
        return part == parts.size() || (part == parts.size() - 1 && isAnyDepth(part));
    }

    /** The names of a path without empty and {@code .} parts, and with {@code ..} resolved where it can be. */
    private static Deque<String> names(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..") && !names.isEmpty() && !names.getLast().equals("..")) {
                names.removeLast();
            } else if (name.equals("..") ? !path.startsWith("/") : !name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        if (names.isEmpty() && !path.startsWith("/")) {
            names.addLast(".");
        }
        return names;
    }
}
