package io.holdfast.cli;

import io.holdfast.vault.files.Excludes;
import io.holdfast.vault.files.TagFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a backup leaves out. */
final class ExcludeOptions {

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

    @Option(
            names = "--exclude-if-present",
            paramLabel = "NAME[:HEADER]",
            description = "Leave out what lies beside a file of this name, and of this beginning.")
    private List<String> ifPresent = List.of();

    @Option(names = "--exclude-caches", description = "Leave out what lies beside a CACHEDIR.TAG.")
    private boolean caches;

    @Option(
            names = "--exclude-larger-than",
            paramLabel = "SIZE",
            description = "Leave out files of more bytes; k, M, G and T are understood.")
    private @Nullable String largerThan;

    @Option(
            names = {"-x", "--one-file-system"},
            description = "Stay on the file system of each PATH.")
    private boolean oneFileSystem;

    Excludes excludes(UnaryOperator<String> environment) {
        return Excludes.of(with(patterns, files, environment))
                .withPatternsIgnoringCase(with(ignoringCase, filesIgnoringCase, environment))
                .withIfPresent(tags())
                .withLargerThan(largerThan == null ? Long.MAX_VALUE : bytes(largerThan))
                .withOneFileSystem(oneFileSystem);
    }

    private static List<String> with(List<String> patterns, List<Path> files, UnaryOperator<String> environment) {
        List<String> all = new ArrayList<>(patterns);
        files.forEach(file -> all.addAll(PatternFile.read(file, environment)));
        return all;
    }

    private List<TagFile> tags() {
        List<TagFile> tags = new ArrayList<>();
        for (String each : ifPresent) {
            try {
                tags.add(TagFile.parse(each));
            } catch (IllegalArgumentException e) {
                throw Code.USAGE.because(
                        "Cannot use --exclude-if-present: %s. Nothing was changed.".formatted(e.getMessage()));
            }
        }
        if (caches) {
            tags.add(TagFile.CACHEDIR);
        }
        return tags;
    }

    private static long bytes(String text) {
        return ByteSize.parse(text)
                .orElseThrow(() -> Code.USAGE.because(
                        "'%s' is no size. Nothing was changed. Give bytes, or a number with k, M, G or T."
                                .formatted(text)));
    }
}
