package io.holdfast.vault;

import io.holdfast.vault.RestoreSpec.Choice;
import io.holdfast.vault.files.Patterns;
import io.holdfast.vault.files.Patterns.Position;
import io.holdfast.vault.tree.Name;
import java.util.List;
import java.util.stream.Stream;

/** Decides on a walk through a snapshot what is restored. Immutable. */
final class RestoreChoice {

    private final boolean includes;
    private final List<Position> positions;
    private final Position keep;

    private RestoreChoice(boolean includes, List<Position> positions, Position keep) {
        this.includes = includes;
        this.positions = positions;
        this.keep = keep;
    }

    /**
     * At the root of the subtree. A malformed pattern is an {@link IllegalArgumentException} that names it.
     *
     * @param places the absolute paths of the subtree, in the target and in the snapshot
     */
    static RestoreChoice of(RestoreSpec spec, List<List<Name>> places) {
        Position keep = Patterns.of(spec.keep()).below(places);
        return switch (spec.choice()) {
            case Choice.Everything() -> new RestoreChoice(false, List.of(), keep);
            case Choice.Including(var patterns, var ignoringCase) ->
                new RestoreChoice(true, positions(patterns, ignoringCase), keep);
            case Choice.Excluding(var patterns, var ignoringCase) ->
                new RestoreChoice(false, positions(patterns, ignoringCase), keep);
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
        boolean matches = positions.stream().anyMatch(position -> position.matches(entry));
        return matches == includes && !keeps(entry);
    }

    /** Whether something in a directory of this directory may be restored. */
    boolean mayCoverBelow(Name directory) {
        return includes
                ? !keeps(directory)
                        && positions.stream()
                                .anyMatch(position -> position.child(directory).mayMatchBelow())
                : covers(directory);
    }

    RestoreChoice enter(Name directory) {
        return new RestoreChoice(
                includes,
                positions.stream().map(position -> position.child(directory)).toList(),
                keep.child(directory));
    }
}
