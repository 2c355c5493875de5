package io.holdfast.sources.docker;

import io.holdfast.vault.files.Selection;
import io.holdfast.vault.tar.TarEntry;
import io.holdfast.vault.tar.TarFormatException;
import io.holdfast.vault.tar.TarLimits;
import io.holdfast.vault.tar.TarReader;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names that a tar holds, in memory. */
final class Listing {

    private sealed interface Item {}

    private record Leaf() implements Item {}

    private record Folder(SortedMap<Name, Item> children) implements Item {
        Folder() {
            this(new TreeMap<>());
        }
    }

    private static final Leaf LEAF = new Leaf();

    private final Folder top = new Folder();
    private long files;
    private long bytes;

    /** Reads a tar to its end, content too. */
    static Listing of(InputStream tar) throws IOException {
        var listing = new Listing();
        var reader = new TarReader(tar, TarLimits.STANDARD);
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            listing.add(entry);
        }
        return listing;
    }

    private void add(TarEntry entry) throws TarFormatException {
        boolean isFolder = entry.metadata().type() == NodeType.DIR;
        if (!isFolder) {
            files++;
            bytes += entry.metadata().size();
        }
        Folder folder = top;
        List<Name> path = entry.path();
        for (int i = 0; i < path.size(); i++) {
            boolean passed = isFolder || i < path.size() - 1;
            Item item = folder.children.computeIfAbsent(path.get(i), _ -> passed ? new Folder() : LEAF);
            switch (item) {
                case Folder next -> folder = next;
                case Leaf _ -> {
                    if (passed) {
                        throw new TarFormatException(
                                "%s is a directory and something else".formatted(TarEntry.text(path)));
                    }
                }
            }
        }
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    /**
     * What of this must go so that another listing can take its place: paths which that lacks, or has as a directory where
     * this has none, or the other way round. A directory stands for everything below it.
     *
     * @param keep what it leaves out stays, with the directories that lead there
     */
    List<List<Name>> lackedBy(Listing other, Selection.Level keep) {
        var lacked = new ArrayList<List<Name>>();
        collect(top, other.top, keep, List.of(), lacked);
        return lacked;
    }

    private static void collect(
            Folder here, Folder other, Selection.Level keep, List<Name> path, List<List<Name>> lacked) {
        here.children.forEach((name, item) -> {
            if (keep.leavesOut(name)) {
                return;
            }
            @Nullable Item wanted = other.children.get(name);
            List<Name> below = below(path, name);
            switch (item) {
                case Leaf _ -> {
                    if (!(wanted instanceof Leaf)) {
                        lacked.add(below);
                    }
                }
                case Folder folder -> {
                    Selection.Level level = keep.enter(name);
                    if (wanted instanceof Folder same) {
                        collect(folder, same, level, below, lacked);
                    } else if (holdsKept(folder, level)) {
                        collect(folder, new Folder(), level, below, lacked);
                    } else {
                        lacked.add(below);
                    }
                }
            }
        });
    }

    private static boolean holdsKept(Folder folder, Selection.Level keep) {
        return folder.children.entrySet().stream()
                .anyMatch(child -> keep.leavesOut(child.getKey())
                        || (child.getValue() instanceof Folder below && holdsKept(below, keep.enter(child.getKey()))));
    }

    private static List<Name> below(List<Name> path, Name name) {
        var below = new ArrayList<>(path);
        below.add(name);
        return below;
    }
}
