package io.holdfast.cli.vault.files;

import io.holdfast.vault.files.Glob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What exists of a path with wildcards, as a shell would find it; {@code **} is no more than {@code *}. */
final class PathGlob {

    private PathGlob() {}

    /**
     * The paths that match, in the order of their names.
     *
     * @throws IllegalArgumentException if the pattern is malformed
     */
    static List<Path> expand(String pattern) throws IOException {
        if (!pattern.matches("(?s).*[*?\\[\\\\].*")) {
            Path path = Path.of(pattern);
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? List.of(path) : List.of();
        }
        int slash = pattern.lastIndexOf('/');
        Glob names = Glob.of(pattern.substring(slash + 1));
        List<Path> directories = slash < 0 ? List.of(Path.of("")) : expand(pattern.substring(0, Math.max(1, slash)));
        List<Path> found = new ArrayList<>();
        for (Path directory : directories) {
            if (Files.isDirectory(directory)) {
                children(directory, names).forEach(found::add);
            }
        }
        return found;
    }

    private static List<Path> children(Path directory, Glob names) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(child ->
                            names.matches(String.valueOf(child.getFileName()).getBytes(StandardCharsets.UTF_8)))
                    .sorted()
                    .toList();
        }
    }
}
