package io.holdfast.vault;

import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.SnapshotPath;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The directories that lead from a snapshot's root to what is captured. */
final class VirtualTree {

    /** What stands at a place of the snapshot. */
    sealed interface Item {}

    /** What stands at its root: directories that lead on, or all that there is. */
    sealed interface Top {}

    /** @param real the directory on disk whose metadata it takes; null when it exists in the snapshot only */
    record Directory(
            SortedMap<Name, Item> children, @Nullable Path real) implements Item, Top {}

    record Captured(Root.Tree tree, SnapshotPath at) implements Item, Top {}

    record Generated(List<byte[]> content) implements Item {}

    record Streamed(Root.Stream stream) implements Item {}

    record Unpacked(Root.Tar tar, SnapshotPath at) implements Item {}

    private VirtualTree() {}

    static Top of(List<Root> roots) throws VaultException {
        if (roots.size() == 1
                && roots.getFirst() instanceof Root.Tree tree
                && path(tree.at()).isRoot()) {
            return new Captured(tree, path(tree.at()));
        }
        Directory top = new Directory(new TreeMap<>(), null);
        for (Root root : roots) {
            SnapshotPath at = path(root.at());
            Item item = switch (root) {
                case Root.Tree tree -> new Captured(tree, at);
                case Root.Generated generated -> new Generated(List.of(generated.content()));
                case Root.Stream stream -> new Streamed(stream);
                case Root.Tar tar -> new Unpacked(tar, at);
            };
            place(top, at, item, root);
        }
        return top;
    }

    private static void place(Directory top, SnapshotPath at, Item item, Root root) throws VaultException {
        Deque<Path> onDisk =
                root instanceof Root.Tree tree && tree.named() ? above(tree.from(), at) : new ArrayDeque<>();
        Directory level = top;
        for (int i = 0; i < at.parts().size() - 1; i++) {
            Name part = at.parts().get(i);
            Path metadataFrom = onDisk.poll();
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

    /** The directories on disk that are shown above a file or directory, the highest first. */
    private static Deque<Path> above(Path from, SnapshotPath at) {
        Deque<Path> above = new ArrayDeque<>();
        Path parent = from.toAbsolutePath().normalize().getParent();
        for (int i = 1; i < at.parts().size(); i++) {
            above.push(Objects.requireNonNull(parent));
            parent = parent.getParent();
        }
        return above;
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
                "Cannot back up: two roots meet at %s. Nothing was stored. Give each root a path of its own, none within another."
                        .formatted(at));
    }
}
