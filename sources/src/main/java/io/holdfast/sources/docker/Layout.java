package io.holdfast.sources.docker;

import io.holdfast.vault.files.Excludes;
import io.holdfast.vault.files.Selection;
import io.holdfast.vault.tree.SnapshotPath;
import java.util.List;

/**
 * Where a component's snapshots show its data.
 *
 * @param component the component's place in its snapshots
 * @param directory where the data stand below that
 * @param excludes patterns of what is neither captured nor replaced
 */
record Layout(String component, String directory, List<String> excludes) {

    Layout {
        excludes = List.copyOf(excludes);
    }

    String at() {
        return component + directory;
    }

    Selection.Level kept() {
        return Selection.of(Excludes.of(excludes)).within(SnapshotPath.parse(at()));
    }

    static String parent(String path) {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
