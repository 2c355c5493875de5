package io.holdfast.vault.restore;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.Trees;
import java.util.List;

/** How much a subtree holds. */
final class Total {

    private final Trees trees;
    private long files;
    private long bytes;

    Total(Trees trees) {
        this.trees = trees;
    }

    Total add(List<Node> nodes) throws BackendException, DamagedException {
        for (Node node : nodes) {
            if (node.isFile()) {
                files++;
                bytes += node.metadata().size();
            } else if (node.isDirectory()) {
                add(trees.childrenOf(node));
            }
        }
        return this;
    }

    void report(Progress progress) {
        progress.scanned(files, bytes);
    }
}
