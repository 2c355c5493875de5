package io.holdfast.vault.backend;

import java.util.regex.Pattern;

/**
 * The address of one file of a repository.
 *
 * @param name 64 lower-case hex digits, the SHA-256 of the file's stored bytes; {@code config} for the one configuration
 */
public record Handle(FileType type, String name) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    public static final Handle CONFIG = new Handle(FileType.CONFIG, "config");

    public Handle {
        boolean valid = type == FileType.CONFIG ? name.equals("config") : isId(name);
        if (!valid) {
            throw new IllegalArgumentException("'%s' does not name a file of type %s".formatted(name, type));
        }
    }

    /** Whether a listed name belongs to the repository at all; anything else in its directories is ignored. */
    public static boolean isId(String name) {
        return ID.matcher(name).matches();
    }

    /** The place below the repository's root, as restic lays it out: {@code data/ab/ab…}, {@code index/cd…}. */
    public String path() {
        return switch (type) {
            case CONFIG -> name;
            case PACK -> "data/" + name.substring(0, 2) + "/" + name;
            case KEY, INDEX, SNAPSHOT, LOCK -> type.directory() + "/" + name;
        };
    }

    @Override
    public String toString() {
        return path();
    }
}
