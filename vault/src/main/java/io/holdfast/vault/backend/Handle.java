package io.holdfast.vault.backend;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of one file of a repository.
 *
 * @param name 64 lower-case hex digits, the SHA-256 of the file's stored bytes; {@code config} for the one configuration
 * @param holdsTrees whether the file is known to be a pack of trees, which is read often and in small parts: a hint for
 *     caches and storage classes, and no part of the address, so it makes no two handles differ
 */
public record Handle(FileType type, String name, boolean holdsTrees) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    public static final Handle CONFIG = new Handle(FileType.CONFIG, "config");

    public Handle(FileType type, String name) {
        this(type, name, false);
    }

    public Handle {
        boolean valid = type == FileType.CONFIG ? name.equals("config") : isId(name);
        if (!valid || (holdsTrees && type != FileType.PACK)) {
            throw new IllegalArgumentException("'%s' does not name a file of type %s".formatted(name, type));
        }
    }

    /** The address of a pack that holds trees. */
    public static Handle ofTrees(String name) {
        return new Handle(FileType.PACK, name, true);
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
    public boolean equals(@Nullable Object other) {
        return other instanceof Handle handle && type == handle.type && name.equals(handle.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, name);
    }

    @Override
    public String toString() {
        return path();
    }
}
