package io.holdfast.vault.backup;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.TreeJson;
import io.holdfast.vault.tree.Trees;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the directories of the parent snapshot, and writes those of the new one. */
final class Folders {

    private final BlobWriter writer;
    private final Trees trees;
    private final Findings findings;

    Folders(BlobWriter writer, Trees trees, Findings findings) {
        this.writer = writer;
        this.trees = trees;
        this.findings = findings;
    }

    /** A parent that cannot be read costs time only: its files are read again. */
    Before before(@Nullable BlobId tree) throws BackendException {
        if (tree == null) {
            return Before.NOTHING;
        }
        try {
            return Before.of(trees.read(tree));
        } catch (DamagedException e) {
            findings.problem(new Problem("parent snapshot", Problem.reason(e) + "; run check on the repository"));
            return Before.NOTHING;
        }
    }

    Before childrenOf(@Nullable Node before) throws BackendException {
        return before(before == null ? null : before.subtree());
    }

    BlobId write(List<Node> nodes) throws IOException {
        return writer.write(BlobType.TREE, TreeJson.write(nodes));
    }

    /**
     * A directory of the new snapshot.
     *
     * @param before the same in the parent snapshot, and what lies in that
     */
    Node node(Name name, Metadata metadata, @Nullable Node before, Before old, List<Node> nodes) throws IOException {
        BlobId subtree =
                before != null && before.subtree() != null && old.equalTo(nodes) ? before.subtree() : write(nodes);
        Node node = Node.directory(name, metadata, subtree);
        findings.directory(before, node);
        return node;
    }
}
