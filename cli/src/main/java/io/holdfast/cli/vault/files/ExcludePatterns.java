package io.holdfast.cli.vault.files;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** What is left out, by restic's patterns. */
final class ExcludePatterns {

    @Option(
            names = {"-e", "--exclude"},
            paramLabel = "PATTERN",
            description = {
                "What is left out; can be given again. *.tmp, cache/*: anywhere; /srv/old: that absolute path.",
                "** is any number of directories; !PATTERN takes back what an earlier one leaves out."
            })
    private List<String> patterns = List.of();

    @Option(names = "--iexclude", paramLabel = "PATTERN", description = "The same, in upper or lower case.")
    private List<String> ignoringCase = List.of();

    @Option(
            names = "--exclude-file",
            paramLabel = "FILE",
            description = "Patterns, one a line, with # for comments and $NAME from the environment.")
    private List<Path> files = List.of();

    @Option(names = "--iexclude-file", paramLabel = "FILE", description = "The same, in upper or lower case.")
    private List<Path> filesIgnoringCase = List.of();

    List<String> patterns(UnaryOperator<String> environment) {
        return PatternFile.with(patterns, files, environment);
    }

    List<String> patternsIgnoringCase(UnaryOperator<String> environment) {
        return PatternFile.with(ignoringCase, filesIgnoringCase, environment);
    }
}
