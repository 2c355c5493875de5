package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Json;
import io.holdfast.plan.Plan;
import io.holdfast.plan.PlanReader;
import io.holdfast.plan.PlanReading;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "recovery-sheet",
        description = "Print where all backups lie, which password opens them and how; keep it away from this machine.")
final class RecoverySheetVerb extends ConsoleVerb {

    @Option(names = "--confirm", description = "Say that the sheet is kept elsewhere: status warns until then.")
    private boolean confirm;

    @Override
    int run(Console console) {
        if (confirm) {
            JsonNode status = console.post("/api/recovery-sheet/confirm", Map.of());
            if (output().isJson()) {
                output().json(status);
            } else {
                output().line("Noted that the recovery sheet is kept elsewhere.");
            }
            return ExitCodes.DONE;
        }
        Plan plan = plan(console);
        if (output().isJson()) {
            output().json(PlannedSheet.of(plan));
        } else {
            PlannedSheet.lines(plan).forEach(output()::line);
        }
        return ExitCodes.DONE;
    }

    private static Plan plan(Console console) {
        var inForce = Json.read(console.get("/api/plan"), Answer.PlanInForce.class);
        return switch (PlanReader.read(inForce.text(), "the plan in force")) {
            case PlanReading.Valid valid -> valid.plan();
            case PlanReading.Invalid invalid ->
                throw Code.INVALID_PLAN.because(
                        "Cannot make the sheet from the plan in force: %s Nothing was changed. Write absolute paths, so that the sheet can name them, and publish the plan again."
                                .formatted(invalid.problems().getFirst().oneLine()));
        };
    }
}
