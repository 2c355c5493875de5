package io.holdfast.vault.tree;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Which blobs a tree needs. Trees seen before are not read again, so many snapshots cost little more than one. */
public final class Reachable {

    private final Trees trees;
    private final Consumer<DamagedException> damage;
    private final Set<BlobKey> seen;

    /** @param damage told of each tree that cannot be read; what lies below it stays unknown */
    public Reachable(Trees trees, Consumer<DamagedException> damage) {
        this.trees = trees;
        this.damage = damage;
        seen = new LinkedHashSet<>();
    }

    /** Everything met so far. */
    public Set<BlobKey> all() {
        return seen;
    }

    /** Walks a tree; gives what was not met before. */
    public Set<BlobKey> add(BlobId root) throws BackendException {
        Set<BlobKey> met = new LinkedHashSet<>();
        Deque<BlobId> open = new ArrayDeque<>();
        visit(root, met, open);
        while (!open.isEmpty()) {
            try {
                for (Node node : trees.read(open.pop())) {
                    BlobId subtree = node.subtree();
                    if (subtree != null) {
                        visit(subtree, met, open);
                    }
                    for (BlobId chunk : node.content()) {
                        BlobKey key = BlobKey.data(chunk);
                        if (seen.add(key)) {
                            met.add(key);
                        }
                    }
                }
            } catch (DamagedException e) {
                damage.accept(e);
            }
        }
        return met;
    }

    private void visit(BlobId tree, Set<BlobKey> met, Deque<BlobId> open) {
        BlobKey key = BlobKey.tree(tree);
        if (seen.add(key)) {
            met.add(key);
            open.push(tree);
        }
    }
}
