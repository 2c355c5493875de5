package io.holdfast.vault.contents;

import io.holdfast.vault.files.Patterns;
import io.holdfast.vault.files.Patterns.Position;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.SnapshotPath;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks for files, or for who needs a blob. */
public final class Find {

    private static final SnapshotPath ROOT = new SnapshotPath(List.of());

    private Find() {}

    /** Shows the files that match. */
    public static void files(SnapshotTree tree, FindSpec spec, Patterns patterns, Consumer<Entry> consumer)
            throws IOException {
        tree.walk(ROOT, new Files(spec, patterns.at(List.of()), consumer));
    }

    private record Files(FindSpec spec, Position position, Consumer<Entry> consumer) implements SnapshotTree.Visitor {

        @Override
        public SnapshotTree.@Nullable Visitor visit(SnapshotPath path, BlobId tree, Node node) {
            Instant modified = node.metadata().mtime();
            if (position.matches(node.name())
                    && !modified.isBefore(spec.oldest())
                    && !modified.isAfter(spec.newest())) {
                consumer.accept(Entry.of(path, node));
            }
            if (!node.isDirectory()) {
                return null;
            }
            Position below = position.child(node.name());
            return below.mayMatchBelow() ? new Files(spec, below, consumer) : null;
        }
    }

    /** Shows who needs the blobs that are wanted. */
    public static void blobs(
            SnapshotTree tree, BlobIndex index, Predicate<BlobKey> wanted, Consumer<FoundBlob> consumer)
            throws IOException {
        BlobKey root = BlobKey.tree(tree.directory(ROOT));
        if (wanted.test(root)) {
            consumer.accept(found(root, index, ROOT, null));
        }
        tree.walk(ROOT, new SnapshotTree.Visitor() {
            @Override
            public SnapshotTree.Visitor visit(SnapshotPath path, BlobId parent, Node node) {
                BlobId subtree = node.subtree();
                if (subtree != null && wanted.test(BlobKey.tree(subtree))) {
                    consumer.accept(found(BlobKey.tree(subtree), index, path, null));
                }
                for (BlobId chunk : node.content()) {
                    if (wanted.test(BlobKey.data(chunk))) {
                        consumer.accept(found(BlobKey.data(chunk), index, path, parent));
                    }
                }
                return this;
            }
        });
    }

    private static FoundBlob found(BlobKey blob, BlobIndex index, SnapshotPath path, @Nullable BlobId parent) {
        PackId pack = index.find(blob).map(BlobIndex.Location::pack).orElse(null);
        return new FoundBlob(blob, pack, path.toString(), parent);
    }
}
