package io.holdfast.vault;

import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.SnapshotPath;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The directories that lead from a snapshot's root to what is captured. */
final class VirtualTree {

    /** What stands at a place of the snapshot. */
    sealed interface Item {}

    /** @param real the directory on disk whose metadata it takes; null when it exists in the snapshot only */
    record Directory(
            SortedMap<Name, Item> children, @Nullable Path real) implements Item {}

    record Captured(Path from, SnapshotPath at) implements Item {}

    record Generated(List<byte[]> content) implements Item {}

    record Streamed(Root.Stream stream) implements Item {}

    record Unpacked(Root.Tar tar, SnapshotPath at) implements Item {}

    private VirtualTree() {}

    static Directory of(List<Root> roots) throws VaultException {
        Directory top = new Directory(new TreeMap<>(), null);
        for (Root root : roots) {
            SnapshotPath at = path(root.at());
            Item item = switch (root) {
                case Root.Tree tree -> new Captured(tree.from(), at);
                case Root.Generated generated -> new Generated(List.of(generated.content()));
                case Root.Stream stream -> new Streamed(stream);
                case Root.Tar tar -> new Unpacked(tar, at);
            };
            place(top, at, item, root);
        }
        return top;
    }

    private static void place(Directory top, SnapshotPath at, Item item, Root root) throws VaultException {
        boolean real = root instanceof Root.Tree(Path from, String where)
                && from.toAbsolutePath().normalize().toString().equals(where);
        Directory level = top;
        Path onDisk = Path.of("/");
        for (int i = 0; i < at.parts().size() - 1; i++) {
            Name part = at.parts().get(i);
            onDisk = onDisk.resolve(part.toString());
            Path metadataFrom = real ? onDisk : null;
            Item next = level.children().computeIfAbsent(part, _ -> new Directory(new TreeMap<>(), metadataFrom));
            if (!(next instanceof Directory directory)) {
                throw clash(at);
            }
            level = directory;
        }
        if (at.isRoot() || level.children().putIfAbsent(at.parts().getLast(), item) != null) {
            throw clash(at);
        }
    }

    private static SnapshotPath path(String at) throws VaultException {
        try {
            return SnapshotPath.parse(at);
        } catch (IllegalArgumentException e) {
            throw new VaultException(
                    VaultException.Code.REFUSED,
                    "Cannot back up: %s. Nothing was stored. Give each root an absolute path of its own."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private static VaultException clash(SnapshotPath at) {
        return new VaultException(
                VaultException.Code.REFUSED,
                "Cannot back up: two roots meet at %s. Nothing was stored. Give each root an absolute path of its own, none within another."
                        .formatted(at));
    }
}
