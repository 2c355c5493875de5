package io.holdfast.vault.contents;

import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.NodeType;
import io.holdfast.vault.tree.SnapshotPath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file of a snapshot, as a listing shows it.
 *
 * @param path absolute within the snapshot; bytes that are not UTF-8 show as replacement characters
 * @param target where a symbolic link points; null for everything else
 */
public record Entry(
        String path, Metadata metadata, @Nullable String target) {

    public static Entry of(SnapshotPath path, Node node) {
        Name target = node.linkTarget();
        return new Entry(path.toString(), node.metadata(), target == null ? null : target.toString());
    }

    public NodeType type() {
        return metadata.type();
    }

    public boolean isDirectory() {
        return type() == NodeType.DIR;
    }

    public Optional<String> linkTarget() {
        return Optional.ofNullable(target);
    }
}
