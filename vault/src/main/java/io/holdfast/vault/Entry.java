package io.holdfast.vault;

import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.NodeType;
import io.holdfast.vault.tree.SnapshotPath;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file of a snapshot, as a listing shows it.
 *
 * @param path absolute within the snapshot; bytes that are not UTF-8 show as replacement characters
 * @param permissions Unix permission bits, including setuid, setgid, sticky
 * @param user empty when the id had no name
 * @param group empty when the id had no name
 * @param target where a symbolic link points; null for everything else
 */
public record Entry(
        String path,
        NodeType type,
        int permissions,
        long uid,
        long gid,
        String user,
        String group,
        long size,
        Instant mtime,
        @Nullable String target) {

    static Entry of(SnapshotPath path, Node node) {
        Metadata metadata = node.metadata();
        Name target = node.linkTarget();
        return new Entry(
                path.toString(),
                metadata.type(),
                metadata.permissions(),
                metadata.uid(),
                metadata.gid(),
                metadata.user(),
                metadata.group(),
                metadata.size(),
                metadata.mtime(),
                target == null ? null : target.toString());
    }

    public Optional<String> linkTarget() {
        return Optional.ofNullable(target);
    }
}
