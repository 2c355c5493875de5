package io.holdfast.vault.tree;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.index.BlobReader;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import java.util.List;
import java.util.Optional;

/** Reads directories of a repository. */
public final class Trees {

    private final BlobReader blobs;

    public Trees(BlobReader blobs) {
        this.blobs = blobs;
    }

    public List<Node> read(BlobId tree) throws BackendException, DamagedException {
        byte[] json = blobs.read(BlobKey.tree(tree));
        try {
            return TreeJson.read(json);
        } catch (DamagedException e) {
            throw new DamagedException("tree %s is malformed: %s".formatted(tree.shortForm(), e.getMessage()), e);
        }
    }

    public List<Node> childrenOf(Node directory) throws BackendException, DamagedException {
        BlobId subtree = directory.subtree();
        return subtree == null ? List.of() : read(subtree);
    }

    /** The node at a path below a root tree; nothing when a part of the path does not exist. */
    public Optional<Node> find(BlobId root, SnapshotPath path) throws BackendException, DamagedException {
        List<Node> level = read(root);
        Optional<Node> found = Optional.empty();
        for (Name part : path.parts()) {
            if (found.isPresent()) {
                level = childrenOf(found.get());
            }
            found = level.stream().filter(node -> node.name().equals(part)).findFirst();
            if (found.isEmpty()) {
                return found;
            }
        }
        return found;
    }
}
