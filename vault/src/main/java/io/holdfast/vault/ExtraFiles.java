package io.holdfast.vault;

import io.holdfast.vault.files.Patterns;
import io.holdfast.vault.files.RawPaths;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What lies below a restore's target without being in the snapshot. */
final class ExtraFiles {

    private final Patterns keep;
    private final List<List<String>> places;
    private final List<Problem> problems;
    private long deleted;

    ExtraFiles(Patterns keep, List<List<String>> places, List<Problem> problems) {
        this.keep = keep;
        this.places = places;
        this.problems = problems;
    }

    long deleted() {
        return deleted;
    }

    /** Deletes what is not wanted, or, unless asked to, only what a restore that was cut off left. */
    void clear(Path directory, Set<Name> wanted, List<String> below, boolean all) throws IOException {
        for (Path entry : list(directory)) {
            Name name = RawPaths.nameOf(entry);
            if (wanted.contains(name)) {
                continue;
            }
            if (TargetFiles.isTemporary(name.toString())) {
                Files.delete(entry);
            } else if (all) {
                delete(entry, child(below, name));
            }
        }
    }

    /** Deletes a file, or a directory with everything below it except what is to be kept. */
    void delete(Path path, List<String> below) throws IOException {
        if (!keep.isEmpty() && keep.match(below, places)) {
            return;
        }
        Metadata metadata = TargetFiles.look(path);
        if (metadata == null) {
            return;
        }
        try {
            if (metadata.type() == NodeType.DIR) {
                for (Path entry : list(path)) {
                    delete(entry, child(below, RawPaths.nameOf(entry)));
                }
                if (!list(path).isEmpty()) {
                    return;
                }
            }
            Files.delete(path);
            deleted++;
        } catch (DirectoryNotEmptyException e) {
            problems.add(new Problem(path.toString(), "was filled by something else meanwhile"));
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
            listing.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw new IOException("cannot list " + directory, e);
        }
        return entries;
    }

    private static List<String> child(List<String> below, Name name) {
        List<String> longer = new ArrayList<>(below);
        longer.add(name.toString());
        return longer;
    }
}
