package io.holdfast.vault.tree;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.index.BlobReader;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads directories of a repository. */
public final class Trees {

    private final BlobReader blobs;

    public Trees(BlobReader blobs) {
        this.blobs = blobs;
    }

    public List<Node> read(BlobId tree) throws BackendException, DamagedException {
        return open(tree).rest();
    }

    /** The same, node by node. */
    public TreeReader open(BlobId tree) throws BackendException, DamagedException {
        return new TreeReader(blobs.read(BlobKey.tree(tree)), "tree " + tree.shortForm());
    }

    public List<Node> childrenOf(Node directory) throws BackendException, DamagedException {
        BlobId subtree = directory.subtree();
        return subtree == null ? List.of() : read(subtree);
    }

    /** The node at a path below a root tree; nothing when a part of the path does not exist. */
    public Optional<Node> find(BlobId root, SnapshotPath path) throws BackendException, DamagedException {
        @Nullable BlobId level = root;
        @Nullable Node found = null;
        for (Name part : path.parts()) {
            found = level == null ? null : open(level).find(part);
            level = found == null ? null : found.subtree();
        }
        return Optional.ofNullable(found);
    }
}
