package io.holdfast.cli.vault.files;

import io.holdfast.cli.repository.CommandOutput;
import io.holdfast.cli.verb.Surroundings;
import io.holdfast.vault.backup.Root;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is backed up: paths, or a stream as one file. */
final class SourceOptions {

    /** As {@code cat} and {@code pg_dump} leave files to others to read. */
    private static final int STREAM_MODE = 0644;

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "What is backed up, under the path as it is given; with --stdin-from-command the command.")
    private List<String> words = List.of();

    @Option(
            names = "--files-from",
            paramLabel = "FILE",
            description = {
                "Back up what a file names, a path on each line, with *, ? and [a-z]; # begins a comment.",
                "'-' is standard input. Can be given again, beside PATH too."
            })
    private List<String> globFiles = List.of();

    @Option(names = "--files-from-verbatim", paramLabel = "FILE", description = "The same, each line a path as it is.")
    private List<String> verbatimFiles = List.of();

    @Option(
            names = "--files-from-raw",
            paramLabel = "FILE",
            description = "The same, each path as it is and ended by a zero byte, as 'find -print0' writes them.")
    private List<String> rawFiles = List.of();

    @Option(names = "--stdin", description = "Back up standard input as one file.")
    private boolean stdin;

    @Option(
            names = "--stdin-from-command",
            description = "Back up what a command writes, as one file; no snapshot is made if it fails.")
    private boolean command;

    @Option(names = "--stdin-filename", paramLabel = "NAME", description = "What the file is called. Default: stdin.")
    private String filename = "stdin";

    /** What is wrong with the options, if anything. */
    Optional<String> complaint() {
        boolean files = !globFiles.isEmpty() || !verbatimFiles.isEmpty() || !rawFiles.isEmpty();
        return Optional.ofNullable(
                (stdin || command) && files
                        ? "A stream cannot be combined with --files-from."
                        : stdin && command ? "--stdin and --stdin-from-command cannot be combined." : missing(files));
    }

    private @Nullable String missing(boolean files) {
        if (stdin) {
            return words.isEmpty() ? null : "With --stdin no PATH can be given.";
        }
        return !words.isEmpty() || files
                ? null
                : command ? "--stdin-from-command needs a command." : "Nothing to back up was named.";
    }

    /** @param skipped told what the files name and nothing is found for */
    List<Root> roots(Surroundings surroundings, Instant time, Consumer<String> skipped) {
        String at = filename.startsWith("/") ? filename : "/" + filename;
        if (command) {
            return List.of(new Root.Stream(at, () -> CommandOutput.of(words), STREAM_MODE, time));
        }
        if (stdin) {
            return List.of(new Root.Stream(at, surroundings::stdin, STREAM_MODE, time));
        }
        List<Path> paths = new ArrayList<>();
        words.forEach(word -> paths.add(Path.of(word)));
        globFiles.forEach(file -> paths.addAll(PathList.read(file, surroundings).globs(skipped)));
        verbatimFiles.forEach(
                file -> paths.addAll(PathList.read(file, surroundings).verbatim()));
        rawFiles.forEach(file -> paths.addAll(PathList.read(file, surroundings).raw()));
        return paths.stream().<Root>map(Root.Tree::of).distinct().toList();
    }
}
