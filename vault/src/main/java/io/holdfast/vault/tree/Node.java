package io.holdfast.vault.tree;

import io.holdfast.vault.model.BlobId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a directory.
 *
 * @param metadata its {@code size} is that of the content stored, not of the file seen before
 * @param linkTarget where a symbolic link points, as raw bytes; null for everything else
 * @param content the chunks of a file in order; empty for everything else
 * @param subtree the tree of a directory; null for everything else
 * @param error why it could not be read as it should; empty when it could
 */
public record Node(
        Name name,
        Metadata metadata,
        @Nullable Name linkTarget,
        List<BlobId> content,
        @Nullable BlobId subtree,
        String error) {

    public Node {
        content = List.copyOf(content);
    }

    public static Node file(Name name, Metadata metadata, List<BlobId> content) {
        return new Node(name, metadata, null, content, null, "");
    }

    public static Node directory(Name name, Metadata metadata, BlobId subtree) {
        return new Node(name, metadata, null, List.of(), subtree, "");
    }

    public static Node symlink(Name name, Metadata metadata, Name target) {
        return new Node(name, metadata, target, List.of(), null, "");
    }

    public static Node special(Name name, Metadata metadata) {
        return new Node(name, metadata, null, List.of(), null, "");
    }

    public NodeType type() {
        return metadata.type();
    }

    public boolean isDirectory() {
        return type() == NodeType.DIR;
    }

    public boolean isFile() {
        return type() == NodeType.FILE;
    }
}
