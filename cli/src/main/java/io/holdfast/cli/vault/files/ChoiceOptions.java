package io.holdfast.cli.vault.files;

import io.holdfast.cli.terminal.Code;
import io.holdfast.vault.restore.RestoreSpec.Choice;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which part of a snapshot is brought back; a leading slash in a pattern is what was asked for, the top of PATH. */
final class ChoiceOptions {

    @Option(
            names = {"-i", "--include"},
            paramLabel = "PATTERN",
            description = "Bring back only what matches; can be given again. Patterns are as for --exclude.")
    private List<String> patterns = List.of();

    @Option(names = "--iinclude", paramLabel = "PATTERN", description = "The same, in upper or lower case.")
    private List<String> ignoringCase = List.of();

    @Option(names = "--include-file", paramLabel = "FILE", description = "Patterns to include, one a line.")
    private List<Path> files = List.of();

    @Option(names = "--iinclude-file", paramLabel = "FILE", description = "The same, in upper or lower case.")
    private List<Path> filesIgnoringCase = List.of();

    @Mixin
    private final ExcludePatterns excludes = new ExcludePatterns();

    Choice choice(UnaryOperator<String> environment) {
        var including = new Choice.Including(
                PatternFile.with(patterns, files, environment),
                PatternFile.with(ignoringCase, filesIgnoringCase, environment));
        var excluding =
                new Choice.Excluding(excludes.patterns(environment), excludes.patternsIgnoringCase(environment));
        boolean includes = !including.patterns().isEmpty()
                || !including.patternsIgnoringCase().isEmpty();
        boolean leavesOut = !excluding.patterns().isEmpty()
                || !excluding.patternsIgnoringCase().isEmpty();
        if (includes && leavesOut) {
            throw Code.USAGE.because(
                    "What to include and what to exclude cannot both be said. Nothing was changed. Give one of them.");
        }
        return includes ? including : leavesOut ? excluding : new Choice.Everything();
    }
}
