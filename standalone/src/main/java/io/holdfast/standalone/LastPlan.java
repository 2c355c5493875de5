package io.holdfast.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.sources.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The plan of the last start that ran. The next one goes on with it unless its operator names another: a start without a
 * plan must not put a sample in the place of what was protected.
 *
 * @param file where its operator keeps it
 */
record LastPlan(Path file, String text) {

    private static final String FILE = "plan-file-of-last-start";
    private static final String TEXT = "plan-of-last-start.yaml";

    static Optional<LastPlan> of(DataDirectory data) throws IOException {
        Path file = services(data).resolve(FILE);
        Path text = text(data);
        return Files.exists(file) && Files.exists(text)
                ? Optional.of(new LastPlan(Path.of(Files.readString(file)), Files.readString(text)))
                : Optional.empty();
    }

    /** Where its text lies. */
    static Path text(DataDirectory data) {
        return services(data).resolve(TEXT);
    }

    static void remember(StartPlan plan, DataDirectory data) throws IOException {
        var now = new LastPlan(plan.file().toAbsolutePath().normalize(), plan.text());
        if (!of(data).equals(Optional.of(now))) {
            Files.createDirectories(services(data));
            DurableFiles.write(text(data), now.text().getBytes(UTF_8));
            DurableFiles.write(
                    services(data).resolve(FILE), now.file().toString().getBytes(UTF_8));
        }
    }

    private static Path services(DataDirectory data) {
        return data.of("services");
    }
}
