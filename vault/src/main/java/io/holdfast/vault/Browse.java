package io.holdfast.vault;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.SnapshotPath;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/** Looks into one snapshot without restoring it. */
final class Browse {

    private static final int DEEPEST = 2000;

    private final Repository repository;
    private final BlobId root;

    Browse(Repository repository, BlobId root) {
        this.repository = repository;
        this.root = root;
    }

    /** Everything below the path, the path itself first, parents before children. */
    void list(SnapshotPath path, Consumer<Entry> consumer) throws IOException {
        if (!path.isRoot()) {
            Node node = find(path);
            consumer.accept(Entry.of(path, node));
            list(repository.trees().childrenOf(node), path, consumer, 0);
        } else {
            list(repository.trees().read(root), path, consumer, 0);
        }
    }

    /** What lies directly in a directory. */
    void children(SnapshotPath path, Consumer<Entry> consumer) throws IOException {
        for (Node node : nodes(path)) {
            consumer.accept(Entry.of(path.child(node.name()), node));
        }
    }

    void dump(SnapshotPath path, OutputStream out) throws IOException {
        Node node = path.isRoot() ? null : find(path);
        if (node == null || !node.isFile()) {
            throw noSuch(path, "is not a file in the snapshot; directories come as tar");
        }
        content(node, out);
    }

    void content(Node file, OutputStream out) throws IOException {
        for (BlobId chunk : file.content()) {
            out.write(repository.blobs().read(BlobKey.data(chunk)));
        }
    }

    /** The entries of a directory. */
    List<Node> nodes(SnapshotPath path) throws IOException {
        if (path.isRoot()) {
            return repository.trees().read(root);
        }
        Node node = find(path);
        if (!node.isDirectory()) {
            throw noSuch(path, "is not a directory in the snapshot");
        }
        return children(node);
    }

    List<Node> children(Node directory) throws BackendException, DamagedException {
        return repository.trees().childrenOf(directory);
    }

    Node find(SnapshotPath path) throws IOException {
        return repository.trees().find(root, path).orElseThrow(() -> noSuch(path, "is not in the snapshot"));
    }

    private void list(List<Node> nodes, SnapshotPath path, Consumer<Entry> consumer, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new DamagedException("%s lies too deep: more than %d directories".formatted(path, DEEPEST));
        }
        for (Node node : nodes) {
            SnapshotPath below = path.child(node.name());
            consumer.accept(Entry.of(below, node));
            list(children(node), below, consumer, depth + 1);
        }
    }

    private static VaultException noSuch(SnapshotPath path, String why) {
        return new VaultException(
                VaultException.Code.NO_SUCH_PATH,
                "Cannot read %s: it %s. Nothing was changed. List the snapshot to see what it holds."
                        .formatted(path, why));
    }
}
