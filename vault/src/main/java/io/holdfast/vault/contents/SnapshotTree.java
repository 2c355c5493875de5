package io.holdfast.vault.contents;

import io.holdfast.vault.index.BlobReader;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.SnapshotPath;
import io.holdfast.vault.tree.TreeReader;
import io.holdfast.vault.tree.Trees;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The files of one snapshot. */
public final class SnapshotTree {

    /** How many directories may lie in each other. */
    static final int DEEPEST = 2000;

    /** Looks at what a walk meets: a directory before what lies in it. */
    interface Visitor {

        /**
         * @param tree the directory it lies in
         * @return who looks at what lies in it, if it is a directory; null to pass that over
         */
        @Nullable
        Visitor visit(SnapshotPath path, BlobId tree, Node node) throws IOException;
    }

    private final Trees trees;
    private final BlobId root;

    /** @param root the tree of {@code /} */
    public SnapshotTree(Trees trees, BlobId root) {
        this.trees = trees;
        this.root = root;
    }

    /** What lies at a path, which is not {@code /}. */
    public Node find(SnapshotPath path) throws IOException {
        return trees.find(root, path).orElseThrow(() -> new NoSuchPathException(path, "is not in the snapshot"));
    }

    /** The tree of the directory at a path. */
    BlobId directory(SnapshotPath path) throws IOException {
        BlobId tree = path.isRoot() ? root : find(path).subtree();
        if (tree == null) {
            throw new NoSuchPathException(path, "is not a directory in the snapshot");
        }
        return tree;
    }

    /** Shows everything below a path, the path itself first, parents before children. */
    public void list(SnapshotPath path, Consumer<Entry> consumer) throws IOException {
        Node top = path.isRoot() ? null : find(path);
        if (top != null) {
            consumer.accept(Entry.of(path, top));
        }
        if (top == null || top.isDirectory()) {
            walk(path, showTo(consumer, true));
        }
    }

    /** Shows what lies directly in a directory. */
    public void children(SnapshotPath directory, Consumer<Entry> consumer) throws IOException {
        walk(directory, showTo(consumer, false));
    }

    private static Visitor showTo(Consumer<Entry> consumer, boolean recursive) {
        return new Visitor() {
            @Override
            public @Nullable Visitor visit(SnapshotPath path, BlobId tree, Node node) {
                consumer.accept(Entry.of(path, node));
                return recursive ? this : null;
            }
        };
    }

    /** Writes a file's content to a stream, which stays open. */
    public void dump(SnapshotPath file, BlobReader blobs, OutputStream out) throws IOException {
        Node node = file.isRoot() ? null : find(file);
        if (node == null || !node.isFile()) {
            throw new NoSuchPathException(file, "is not a file in the snapshot; directories come as an archive");
        }
        try (ReadAhead ahead = new ReadAhead(blobs)) {
            for (BlobId chunk : node.content()) {
                ahead.read(chunk, out::write);
            }
            ahead.finish();
        }
    }

    /** Visits everything below a directory, parents before children, each directory in the order of names. */
    void walk(SnapshotPath directory, Visitor visitor) throws IOException {
        walk(directory, directory(directory), visitor);
    }

    private void walk(SnapshotPath directory, BlobId tree, Visitor visitor) throws IOException {
        if (directory.parts().size() > DEEPEST) {
            throw new DamagedException("%s lies too deep: more than %d directories".formatted(directory, DEEPEST));
        }
        TreeReader nodes = trees.open(tree);
        for (Node node = nodes.next(); node != null; node = nodes.next()) {
            SnapshotPath path = directory.child(node.name());
            Visitor below = visitor.visit(path, tree, node);
            BlobId subtree = node.subtree();
            if (subtree != null && below != null) {
                walk(path, subtree, below);
            }
        }
    }
}
