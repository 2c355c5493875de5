package io.holdfast.vault.backup;

import io.holdfast.vault.files.Directory;
import io.holdfast.vault.files.Selection;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import java.util.Collections;
import java.util.SortedMap;

/**
 * How the entries of a directory on disk are chosen.
 *
 * @param roots entries that are roots of their own, or lead to one, and are themselves left out by nothing
 */
record Inside(Selection.Level level, SortedMap<Name, VirtualTree.Item> roots) {

    private static final SortedMap<Name, VirtualTree.Item> NONE = Collections.emptySortedMap();

    /** Goes into a directory that has been opened. */
    interface Entering {
        Inside of(Directory opened);
    }

    static Inside root(Selection selection, VirtualTree.Captured captured, Metadata metadata, Directory opened) {
        Root.Tree tree = captured.tree();
        return new Inside(
                selection.root(tree.from().toAbsolutePath().normalize(), captured.at(), tree.named(), metadata, opened),
                captured.roots());
    }

    /** A directory within, by its name and metadata. */
    Entering enter(Name name, Metadata metadata) {
        return opened -> new Inside(level.enter(name, metadata, opened), NONE);
    }

    /** The same, of which something is a root of its own. */
    Entering enter(Name name, Metadata metadata, VirtualTree.Directory way) {
        return opened -> new Inside(level.enter(name, metadata, opened), way.children());
    }
}
