package io.holdfast.vault.replica;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.Trees;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Shows what trees need. A tree is read from the first repository that has it, and no tree twice, so many snapshots cost
 * little more than one. Only trees are remembered, not what they name.
 */
final class TreeWalk {

    private final List<Trees> from;
    private final Set<BlobId> walked = new HashSet<>();

    /** @param from repositories of the same identity, the one that is read with the least cost first */
    TreeWalk(List<Trees> from) {
        this.from = from;
    }

    /**
     * Walks a tree and all below it that was not walked before.
     *
     * @param each given every blob, some of them several times
     * @param damage told why a tree cannot be read anywhere; what lies below it stays unknown
     */
    void walk(BlobId root, Consumer<BlobKey> each, Consumer<String> damage) throws BackendException {
        Deque<BlobId> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            BlobId tree = open.pop();
            if (walked.add(tree)) {
                each.accept(BlobKey.tree(tree));
                try {
                    for (Node node : read(tree)) {
                        BlobId subtree = node.subtree();
                        if (subtree != null) {
                            open.push(subtree);
                        }
                        node.content().forEach(chunk -> each.accept(BlobKey.data(chunk)));
                    }
                } catch (DamagedException e) {
                    damage.accept(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    /** Reads one tree. */
    List<Node> read(BlobId tree) throws BackendException, DamagedException {
        for (Trees trees : from.subList(0, from.size() - 1)) {
            try {
                return trees.read(tree);
            } catch (DamagedException _) {
                // The next one may have it whole.
            }
        }
        return from.getLast().read(tree);
    }
}
