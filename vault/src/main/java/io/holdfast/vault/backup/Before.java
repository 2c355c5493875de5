package io.holdfast.vault.backup;

import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the parent snapshot.
 *
 * @param tree whether there is one that could be read; otherwise there are no nodes
 * @param nodes sorted by name, as trees are
 */
record Before(boolean tree, List<Node> nodes) {

    static final Before NOTHING = new Before(false, List.of());

    static Before of(List<Node> nodes) {
        return new Before(true, nodes);
    }

    /** Whether the directory is still exactly this. */
    boolean equalTo(List<Node> now) {
        return tree && nodes.equals(now);
    }

    @Nullable
    Node find(Name name) {
        int low = 0;
        int high = nodes.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = nodes.get(middle).name().compareTo(name);
            if (order == 0) {
                return nodes.get(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }
}
