package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Json;
import io.holdfast.plan.PlanReader;
import io.holdfast.plan.PlanReading;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "publish", description = "Check a plan and put it into effect in the place of the one in force.")
final class PlanPublishVerb extends ConsoleVerb {

    static final String PATH = "/api/plan";
    private static final String NO_PLAN = "HF-C24";

    @Parameters(paramLabel = "FILE", description = "The plan.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--replaces",
            paramLabel = "REVISION",
            description =
                    "The revision that FILE was made from: refused if another is in force. Default: the one in force.")
    private @Nullable Long replaces;

    @Override
    int run(Console console) {
        return switch (PlanReader.read(file)) {
            case PlanReading.Valid valid -> publish(console, valid);
            case PlanReading.Invalid invalid -> {
                PlanReport.invalid(invalid, output());
                yield ExitCodes.FAILED;
            }
        };
    }

    private int publish(Console console, PlanReading.Valid valid) {
        long expected = replaces == null ? inForce(console) : replaces;
        JsonNode answer = console.putPlan(
                Console.query(
                        PATH, Map.of("file", file.toAbsolutePath().normalize().toString())),
                valid.text(),
                expected);
        if (output().isJson()) {
            output().json(answer);
        } else {
            PlanReport.warnings(valid, output());
            var published = Json.read(answer, Answer.PlanPublished.class);
            output().line(
                            published.changed()
                                    ? "Published as revision %d%s."
                                            .formatted(
                                                    published.revision(),
                                                    expected == 0 ? "" : ", in the place of revision " + expected)
                                    : "Nothing to change: revision %d is in force with the same text."
                                            .formatted(published.revision()));
            Objects.requireNonNullElse(published.consequences(), List.<String>of())
                    .forEach(consequence -> output().note("note: " + consequence));
        }
        return ExitCodes.DONE;
    }

    private static long inForce(Console console) {
        try {
            return Json.read(console.get(PATH), Answer.PlanInForce.class).revision();
        } catch (ConsoleRefusal e) {
            if (e.code().equals(NO_PLAN)) {
                return 0;
            }
            throw e;
        }
    }
}
