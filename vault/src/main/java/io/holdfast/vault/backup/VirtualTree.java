package io.holdfast.vault.backup;

import io.holdfast.vault.feedback.RequestException;
import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.SnapshotPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
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

    /**
     * A directory or file on disk.
     *
     * @param roots what of it is a root of its own, or leads to one: captured as one, whatever would be left out of this
     */
    record Captured(Root.Tree tree, SnapshotPath at, SortedMap<Name, Item> roots) implements Item, Top {

        Captured(Root.Tree tree, SnapshotPath at) {
            this(tree, at, new TreeMap<>());
        }
    }

    record Generated(SnapshotPath at, List<byte[]> content) implements Item {}

    record Streamed(Root.Stream stream) implements Item {}

    record Unpacked(Root.Tar tar, SnapshotPath at) implements Item {}

    private VirtualTree() {}

    /** A root within another one on disk stands within it here too, whichever was named first. */
    static Top of(List<Root> roots) throws RequestException {
        List<Placed> placed = new ArrayList<>();
        for (Root root : roots) {
            placed.add(new Placed(root, path(root.at())));
        }
        placed.sort(Comparator.comparingInt(each -> each.at().parts().size()));
        Placed first = placed.getFirst();
        Top top = first.at().isRoot() && first.root() instanceof Root.Tree tree
                ? new Captured(tree, first.at())
                : new Directory(new TreeMap<>(), null);
        for (Placed each : top instanceof Captured ? placed.subList(1, placed.size()) : placed) {
            place(top, each);
        }
        return top;
    }

    private record Placed(Root root, SnapshotPath at) {

        Item item() {
            return switch (root) {
                case Root.Tree tree -> new Captured(tree, at);
                case Root.Generated generated -> new Generated(at, List.of(generated.content()));
                case Root.Stream stream -> new Streamed(stream);
                case Root.Tar tar -> new Unpacked(tar, at);
            };
        }

        Deque<Path> onDisk() {
            return root instanceof Root.Tree tree && tree.named() ? above(tree.from(), at) : new ArrayDeque<>();
        }
    }

    private static void place(Top top, Placed placed) throws RequestException {
        SnapshotPath at = placed.at();
        Deque<Path> onDisk = placed.onDisk();
        SortedMap<Name, Item> level = switch (top) {
            case Directory directory -> directory.children();
            case Captured captured -> within(captured, placed);
        };
        for (int i = 0; i < at.parts().size() - 1; i++) {
            Path metadataFrom = onDisk.poll();
            level = switch (level.computeIfAbsent(
                    at.parts().get(i), _ -> new Directory(new TreeMap<>(), metadataFrom))) {
                case Directory directory -> directory.children();
                case Captured captured -> within(captured, placed);
                case Generated _, Streamed _, Unpacked _ -> throw clash(at);
            };
        }
        if (at.isRoot() || level.putIfAbsent(at.parts().getLast(), placed.item()) != null) {
            throw clash(at);
        }
    }

    /** What is captured as a part of another root must be that part on disk, with no link on the way to it. */
    private static SortedMap<Name, Item> within(Captured outer, Placed inner) throws RequestException {
        List<Name> parts = inner.at().parts();
        Path way = outer.tree().from().toAbsolutePath().normalize();
        boolean isPart = true;
        for (int i = outer.at().parts().size(); i < parts.size(); i++) {
            isPart &= i == outer.at().parts().size() || !Files.isSymbolicLink(way);
            way = RawPaths.resolve(way, parts.get(i));
        }
        if (!isPart
                || !(inner.root() instanceof Root.Tree tree)
                || !way.equals(tree.from().toAbsolutePath().normalize())) {
            throw clash(inner.at());
        }
        return outer.roots();
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

    private static SnapshotPath path(String at) throws RequestException {
        try {
            return SnapshotPath.parse(at);
        } catch (IllegalArgumentException e) {
            throw new RequestException(
                    RequestException.Kind.REFUSED,
                    "Cannot back up: %s. Nothing was stored. Give each root an absolute path of its own."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private static RequestException clash(SnapshotPath at) {
        return new RequestException(
                RequestException.Kind.REFUSED,
                "Cannot back up: two roots meet at %s, and one is not a part of the other. Nothing was stored. Give each root a path of its own."
                        .formatted(at));
    }
}
