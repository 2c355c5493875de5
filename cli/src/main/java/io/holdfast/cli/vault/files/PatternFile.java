package io.holdfast.cli.vault.files;

import io.holdfast.cli.repository.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file with a pattern on each line; blank lines and those that begin with # are skipped. */
final class PatternFile {

    /** {@code $NAME} or {@code ${NAME}} of the environment; {@code $$} is a dollar sign. */
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\$)|\\{([^}]*)}|([A-Za-z_][A-Za-z0-9_]*))");

    private PatternFile() {}

    /** These patterns, and those in the files. */
    static List<String> with(List<String> patterns, List<Path> files, UnaryOperator<String> environment) {
        List<String> all = new ArrayList<>(patterns);
        files.forEach(file -> all.addAll(read(file, environment)));
        return all;
    }

    /** @param environment gives the value of a variable; what is not set is empty */
    private static List<String> read(Path file, UnaryOperator<String> environment) {
        return TextFile.entries(TextFile.read(file, "patterns"))
                .map(line ->
                        VARIABLE.matcher(line).replaceAll(found -> Matcher.quoteReplacement(value(found, environment))))
                .toList();
    }

    private static String value(java.util.regex.MatchResult found, UnaryOperator<String> environment) {
        return found.group(1) != null
                ? "$"
                : environment.apply(Optional.ofNullable(found.group(2)).orElseGet(() -> found.group(3)));
    }
}
