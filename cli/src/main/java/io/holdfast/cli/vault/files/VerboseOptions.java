package io.holdfast.cli.vault.files;

import io.holdfast.cli.terminal.Json;
import io.holdfast.cli.terminal.Output;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.feedback.FileFate;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Whether each file is named; restic does so from the second time on. */
final class VerboseOptions {

    @Option(
            names = {"-v", "--verbose"},
            description = "Given twice (-vv): name each file, and what became of it.")
    @SuppressWarnings("FieldMayBeFinal")
    private boolean[] verbose = {};

    private boolean namesFiles() {
        return verbose.length > 1;
    }

    /** Shows the work either file by file, or as a line that is drawn anew. */
    AutoCloseable show(CountingProgress progress, Output output) {
        if (!namesFiles()) {
            return output.progress(elapsed -> progress.text().line(elapsed));
        }
        Function<Named, String> line = output.isJson() ? Json::line : Named::text;
        progress.naming((path, fate) -> output.detail(line.apply(Named.of(path, fate))));
        return () -> {};
    }

    /** With restic's names. */
    private record Named(String messageType, String action, String item) {

        static Named of(String path, FileFate fate) {
            return new Named("verbose_status", fate.name().toLowerCase(Locale.ROOT), path);
        }

        String text() {
            return "%-9s %s".formatted(action, Text.printable(item));
        }
    }
}
