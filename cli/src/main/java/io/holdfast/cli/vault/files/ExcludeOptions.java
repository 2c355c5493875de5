package io.holdfast.cli.vault.files;

import io.holdfast.cli.terminal.ByteSize;
import io.holdfast.cli.terminal.Code;
import io.holdfast.vault.files.Excludes;
import io.holdfast.vault.files.TagFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a backup leaves out. */
final class ExcludeOptions {

    @Mixin
    private final ExcludePatterns patterns = new ExcludePatterns();

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
        return Excludes.of(patterns.patterns(environment))
                .withPatternsIgnoringCase(patterns.patternsIgnoringCase(environment))
                .withIfPresent(tags())
                .withLargerThan(largerThan == null ? Long.MAX_VALUE : bytes(largerThan))
                .withOneFileSystem(oneFileSystem);
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
