package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads a code at three in the morning finds it in a document. */
class DocumentedCodesTest {

    private static final Path PROJECT = Path.of("..");
    private static final Pattern CODE = Pattern.compile("HF-[A-Z][0-9]{2,3}");
    private static final Pattern RANGE = Pattern.compile("HF-([A-Z])([0-9]+) to HF-\\1([0-9]+)");
    private static final Pattern COMMENT = Pattern.compile("^ *(/\\*|\\*|//).*$", Pattern.MULTILINE);

    @Test
    void everyCodeThatIsSaidIsExplained() throws IOException {
        Set<String> said = new TreeSet<>();
        CODE.matcher(Files.readString(PROJECT.resolve("holdfast"))).results().forEach(it -> said.add(it.group()));
        Set<String> explained = explainedIn(Files.readString(PROJECT.resolve("docs/operations.md")));
        for (Path module : modules()) {
            explained.addAll(explainedIn(Files.readString(module.resolve("README.md"))));
            for (String source : sources(module.resolve("src/main/java"))) {
                CODE.matcher(COMMENT.matcher(source).replaceAll("")).results().forEach(it -> said.add(it.group()));
            }
        }

        assertThat(said).hasSizeGreaterThan(200).isSubsetOf(explained);
    }

    private static Set<String> explainedIn(String document) {
        Set<String> codes = new TreeSet<>();
        CODE.matcher(document).results().forEach(it -> codes.add(it.group()));
        RANGE.matcher(document)
                .results()
                .forEach(range -> IntStream.rangeClosed(
                                Integer.parseInt(range.group(2)), Integer.parseInt(range.group(3)))
                        .forEach(number -> codes.add("HF-%s%02d".formatted(range.group(1), number))));
        return codes;
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> directories = Files.list(PROJECT)) {
            return directories
                    .filter(directory -> Files.isDirectory(directory.resolve("src/main/java")))
                    .toList();
        }
    }

    private static List<String> sources(Path directory) throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile).forEach(file -> sources.add(text(file)));
        }
        return sources;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
