package io.holdfast.vault.restore;

import io.holdfast.vault.files.Patterns;
import io.holdfast.vault.files.Patterns.Position;
import io.holdfast.vault.restore.RestoreSpec.Choice;
import io.holdfast.vault.tree.Name;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides on a walk through a snapshot what is restored. Immutable. */
final class RestoreChoice {

    private final boolean includes;
    private final List<Position> positions;
    private final Position keep;
    private final @Nullable Position only;

    private RestoreChoice(boolean includes, List<Position> positions, Position keep, @Nullable Position only) {
        this.includes = includes;
        this.positions = positions;
        this.keep = keep;
        this.only = only;
    }

    /**
     * At the root of the subtree. A malformed pattern is an {@link IllegalArgumentException} that names it.
     *
     * @param places the absolute paths of the subtree, in the target and in the snapshot
     */
    static RestoreChoice of(RestoreSpec spec, List<List<Name>> places) {
        Position keep = Patterns.of(spec.keep()).below(places);
        Position only = spec.only().isEmpty() ? null : Patterns.of(spec.only()).below(places);
        return switch (spec.choice()) {
            case Choice.Everything() -> new RestoreChoice(false, List.of(), keep, only);
            case Choice.Including(var patterns, var ignoringCase) ->
                new RestoreChoice(true, positions(patterns, ignoringCase), keep, only);
            case Choice.Excluding(var patterns, var ignoringCase) ->
                new RestoreChoice(false, positions(patterns, ignoringCase), keep, only);
        };
    }

    private static List<Position> positions(List<String> patterns, List<String> ignoringCase) {
        return Stream.of(Patterns.of(patterns), Patterns.ignoringCase(ignoringCase))
                .filter(list -> !list.isEmpty())
                .map(list -> list.at(List.of()))
                .toList();
    }

    /** Whether an entry of this directory is left alone, whatever the snapshot holds. */
    boolean keeps(Name entry) {
        return keep.matches(entry);
    }

    /** Whether an entry of this directory is restored, or deleted if the snapshot does not hold it. */
    boolean covers(Name entry) {
        return isChosen(entry) && !isBeyond(entry);
    }

    /** Whether an entry of this directory is none of what the backup took. */
    boolean isBeyond(Name entry) {
        return only != null && !only.matches(entry);
    }

    /** Whether a directory of this directory that is not covered holds some of what the backup would have taken. */
    boolean reachesInto(Name directory) {
        return only != null && isChosen(directory) && only.child(directory).mayMatchBelow();
    }

    private boolean isChosen(Name entry) {
        boolean matches = positions.stream().anyMatch(position -> position.matches(entry));
        return matches == includes && !keeps(entry);
    }

    /** Whether something in a directory of this directory may be restored. */
    boolean mayCoverBelow(Name directory) {
        if (only != null && !only.child(directory).mayMatchBelow()) {
            return false;
        }
        return includes
                ? !keeps(directory)
                        && positions.stream()
                                .anyMatch(position -> position.child(directory).mayMatchBelow())
                : isChosen(directory);
    }

    RestoreChoice enter(Name directory) {
        return new RestoreChoice(
                includes,
                positions.stream().map(position -> position.child(directory)).toList(),
                keep.child(directory),
                only == null ? null : only.child(directory));
    }
}
