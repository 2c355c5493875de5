package io.holdfast.vault.contents;

import io.holdfast.vault.contents.Change.Kind;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobSet;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.SnapshotPath;
import io.holdfast.vault.tree.TreeReader;
import io.holdfast.vault.tree.Trees;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/** Compares two directories of snapshots. Directories that are one and the same tree are not compared. */
public final class Diff {

    private final Trees trees;
    private final BlobIndex index;
    private final boolean withMetadata;
    private final Consumer<Change> consumer;
    private final Side before = new Side(Kind.REMOVED);
    private final Side after = new Side(Kind.ADDED);
    private final BlobSet common = new BlobSet();
    private long changedFiles;

    /** @param withMetadata whether a file of which only owner, mode, times or the like differ is a change */
    public Diff(Trees trees, BlobIndex index, boolean withMetadata, Consumer<Change> consumer) {
        this.trees = trees;
        this.index = index;
        this.withMetadata = withMetadata;
        this.consumer = consumer;
    }

    public DiffTotals run(SnapshotTree from, SnapshotPath fromPath, SnapshotTree to, SnapshotPath toPath)
            throws IOException {
        BlobId old = from.directory(fromPath);
        BlobId now = to.directory(toPath);
        before.blobs.add(BlobKey.tree(old));
        after.blobs.add(BlobKey.tree(now));
        compare(new SnapshotPath(List.of()), old, now);
        return new DiffTotals(changedFiles, after.total(before), before.total(after));
    }

    private void compare(SnapshotPath directory, BlobId old, BlobId now) throws IOException {
        requireDepth(directory);
        TreeReader oldNodes = trees.open(old);
        TreeReader newNodes = trees.open(now);
        Node left = oldNodes.next();
        Node right = newNodes.next();
        while (left != null || right != null) {
            int order = left == null ? 1 : right == null ? -1 : left.name().compareTo(right.name());
            if (left != null && order < 0) {
                before.onlyHere(directory, left);
            } else if (right != null && order > 0) {
                after.onlyHere(directory, right);
            } else if (left != null && right != null) {
                both(directory.child(right.name()), left, right);
            }
            left = order <= 0 ? oldNodes.next() : left;
            right = order >= 0 ? newNodes.next() : right;
        }
    }

    private void both(SnapshotPath path, Node old, Node now) throws IOException {
        before.need(old);
        after.need(now);
        EnumSet<Kind> kinds = kinds(old, now);
        if (!kinds.isEmpty()) {
            consumer.accept(new Change(shown(path, now), kinds));
        }
        BlobId oldTree = old.subtree();
        BlobId newTree = now.subtree();
        if (oldTree != null && newTree != null) {
            if (oldTree.equals(newTree)) {
                collect(path, newTree);
            } else {
                compare(path, oldTree, newTree);
            }
        }
    }

    private EnumSet<Kind> kinds(Node old, Node now) {
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (old.type() != now.type()) {
            kinds.add(Kind.TYPE);
        }
        if (old.isFile() && now.isFile() && !old.content().equals(now.content())) {
            changedFiles++;
            kinds.add(Kind.CONTENT);
            if (old.metadata().equals(now.metadata())) {
                kinds.add(Kind.CONTENT_ALONE);
            }
        } else if (withMetadata && !old.equals(now)) {
            kinds.add(Kind.METADATA);
        }
        return kinds;
    }

    /** Notes what a directory that both have needs. */
    private void collect(SnapshotPath path, BlobId tree) throws IOException {
        requireDepth(path);
        TreeReader nodes = trees.open(tree);
        for (Node node = nodes.next(); node != null; node = nodes.next()) {
            node.content().forEach(chunk -> common.add(BlobKey.data(chunk)));
            BlobId subtree = node.subtree();
            if (subtree != null && common.add(BlobKey.tree(subtree))) {
                collect(path.child(node.name()), subtree);
            }
        }
    }

    private static void requireDepth(SnapshotPath directory) throws DamagedException {
        if (directory.parts().size() > SnapshotTree.DEEPEST) {
            throw new DamagedException(
                    "%s lies too deep: more than %d directories".formatted(directory, SnapshotTree.DEEPEST));
        }
    }

    private static String shown(SnapshotPath path, Node node) {
        return node.isDirectory() ? path + "/" : path.toString();
    }

    /** One of the two snapshots. */
    private final class Side {

        private final Kind kind;
        private final BlobSet blobs = new BlobSet();
        private long files;
        private long dirs;
        private long others;

        Side(Kind kind) {
            this.kind = kind;
        }

        void need(Node node) {
            node.content().forEach(chunk -> blobs.add(BlobKey.data(chunk)));
            BlobId subtree = node.subtree();
            if (subtree != null) {
                blobs.add(BlobKey.tree(subtree));
            }
        }

        void onlyHere(SnapshotPath directory, Node node) throws IOException {
            SnapshotPath path = directory.child(node.name());
            requireDepth(path);
            need(node);
            consumer.accept(new Change(shown(path, node), EnumSet.of(kind)));
            switch (node.type()) {
                case FILE -> files++;
                case DIR -> dirs++;
                case SYMLINK, DEVICE, CHARDEV, FIFO, SOCKET, IRREGULAR -> others++;
            }
            BlobId subtree = node.subtree();
            if (subtree != null) {
                TreeReader nodes = trees.open(subtree);
                for (Node below = nodes.next(); below != null; below = nodes.next()) {
                    onlyHere(path, below);
                }
            }
        }

        DiffTotals.Side total(Side other) throws DamagedException {
            long dataBlobs = 0;
            long treeBlobs = 0;
            long bytes = 0;
            for (BlobKey blob : blobs) {
                if (!other.blobs.contains(blob) && !common.contains(blob)) {
                    dataBlobs += blob.type() == BlobType.DATA ? 1 : 0;
                    treeBlobs += blob.type() == BlobType.TREE ? 1 : 0;
                    bytes += index.require(blob).blob().contentLength();
                }
            }
            return new DiffTotals.Side(files, dirs, others, dataBlobs, treeBlobs, bytes);
        }
    }
}
