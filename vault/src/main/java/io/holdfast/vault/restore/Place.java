package io.holdfast.vault.restore;

import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.tree.Name;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A directory of a restore's target, as the steps that lead to it from the target itself. Equal to itself only. */
final class Place {

    private final @Nullable Place above;
    private final Path path;
    private final Name name;

    private Place(@Nullable Place above, Path path, Name name) {
        this.above = above;
        this.path = path;
        this.name = name;
    }

    static Place target(Path path) {
        return new Place(null, path, Name.of("."));
    }

    Place child(Name child) {
        return new Place(this, RawPaths.resolve(path, child), child);
    }

    /** The directory it lies in; null for the target itself. */
    @Nullable
    Place above() {
        return above;
    }

    Name name() {
        return name;
    }

    /** An entry of this directory, as text for messages. */
    Path shown(Name entry) {
        return RawPaths.resolve(path, entry);
    }

    /** For messages only. */
    @Override
    public String toString() {
        return path.toString();
    }
}
