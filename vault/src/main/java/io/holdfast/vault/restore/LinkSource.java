package io.holdfast.vault.restore;

import io.holdfast.vault.tree.Name;

/** The first restored name of a file that has several; the others are joined to it. */
final class LinkSource {

    /** What the names of one file have in common. */
    record Key(long inode, long device) {}

    private final RestoreLevel level;
    private final Name name;
    private volatile boolean isWhole;
    private volatile boolean isNew;

    LinkSource(RestoreLevel level, Name name) {
        this.level = level;
        this.name = name;
    }

    Place place() {
        return level.place();
    }

    Name name() {
        return name;
    }

    /** Whether the file under this name is as in the snapshot. */
    boolean isWhole() {
        return isWhole;
    }

    /** Whether what had the name before was replaced, or in a dry run would have been. */
    boolean isNew() {
        return isNew;
    }

    /** @param isNew whether it was written, and not found there */
    void whole(boolean isNew) {
        this.isNew = isNew;
        isWhole = true;
    }
}
