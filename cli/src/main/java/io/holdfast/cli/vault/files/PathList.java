package io.holdfast.cli.vault.files;

import io.holdfast.cli.repository.TextFile;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.Text;
import io.holdfast.cli.verb.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A file that names what to back up; {@code -} is standard input. */
final class PathList {

    private static final String STDIN = "-";

    private final String file;
    private final String text;

    private PathList(String file, String text) {
        this.file = file;
        this.text = text;
    }

    static PathList read(String file, Surroundings surroundings) {
        try {
            byte[] bytes = file.equals(STDIN) ? surroundings.stdin().readAllBytes() : Files.readAllBytes(Path.of(file));
            return new PathList(file, TextFile.decode(bytes));
        } catch (IOException e) {
            throw TextFile.unusable(file, "paths").causedBy(e);
        }
    }

    /** Wildcards, one a line; blank lines and those that begin with # are skipped, and so is, with a word, what matches nothing. */
    List<Path> globs(Consumer<String> skipped) {
        return TextFile.entries(text).flatMap(line -> expand(line, skipped)).toList();
    }

    private Stream<Path> expand(String pattern, Consumer<String> skipped) {
        try {
            List<Path> found = PathGlob.expand(pattern);
            if (found.isEmpty()) {
                skipped.accept("'%s' in %s matches no file and is skipped".formatted(Text.printable(pattern), file));
            }
            return found.stream();
        } catch (IllegalArgumentException | IOException e) {
            throw Code.USAGE
                    .because("Cannot use '%s' in %s: %s. Nothing was changed."
                            .formatted(Text.printable(pattern), file, e.getMessage()))
                    .causedBy(e);
        }
    }

    /** Paths as they are, one a line. */
    List<Path> verbatim() {
        return text.lines().filter(line -> !line.isEmpty()).map(Path::of).toList();
    }

    /** Paths as they are, each ended by a zero byte. */
    List<Path> raw() {
        if (text.isEmpty()) {
            return List.of();
        }
        String[] names = text.split("\0", -1);
        boolean ended = names[names.length - 1].isEmpty();
        List<String> all = Arrays.asList(names).subList(0, names.length - 1);
        if (!ended || all.contains("")) {
            throw Code.USAGE.because("Cannot use %s: %s. Nothing was changed."
                    .formatted(file, ended ? "a path in it is empty" : "no zero byte ends it, so it may be cut off"));
        }
        return all.stream().map(Path::of).toList();
    }
}
