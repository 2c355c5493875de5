package io.holdfast.vault.tar;

import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One file of a tar stream.
 *
 * @param path below the top of the archive; empty for the top itself. Names are safe
 * @param metadata without inode; its size is that of the content
 * @param target where a symbolic link points; null for everything else
 * @param first a file that came before and has this name too; null where the entry is a file of its own
 * @param notes what of it is not understood, for an operator
 */
public record TarEntry(
        List<Name> path,
        Metadata metadata,
        @Nullable Name target,
        @Nullable List<Name> first,
        List<String> notes) {

    public TarEntry {
        path = List.copyOf(path);
        notes = List.copyOf(notes);
    }

    /** For messages. */
    public static String text(List<Name> path) {
        return path.isEmpty() ? "." : path.stream().map(Name::toString).collect(Collectors.joining("/"));
    }
}
