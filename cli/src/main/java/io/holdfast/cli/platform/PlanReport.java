package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.Output;
import io.holdfast.cli.terminal.Text;
import io.holdfast.plan.Plan;
import io.holdfast.plan.PlanProblem;
import io.holdfast.plan.PlanReading;
import java.util.List;

/** Tells what a plan's reading came to. */
final class PlanReport {

    private PlanReport() {}

    static void invalid(PlanReading.Invalid reading, Output output) {
        if (output.isJson()) {
            output.json(new Checked(false, reading.problems(), List.of()));
        } else {
            reading.problems().forEach(problem -> output.problem(problem.oneLine()));
            output.problem("%s. Nothing was changed."
                    .formatted(Text.counted(reading.problems().size(), "problem")));
        }
    }

    static void valid(PlanReading.Valid reading, String file, Output output) {
        if (output.isJson()) {
            output.json(new Checked(true, List.of(), reading.warnings()));
        } else {
            warnings(reading, output);
            output.line("%s is valid: %s".formatted(file, summary(reading.plan())));
        }
    }

    static void warnings(PlanReading.Valid reading, Output output) {
        reading.warnings().forEach(warning -> output.note("warning: " + warning.oneLine()));
    }

    private static String summary(Plan plan) {
        int components = plan.stacks().stream()
                .mapToInt(stack -> stack.components().size())
                .sum();
        return "%s, %s, %s"
                .formatted(
                        Text.counted(plan.stacks().size(), "stack"),
                        Text.counted(components, "component"),
                        Text.counted(plan.regions().size(), "region"));
    }

    private record Checked(boolean valid, List<PlanProblem> problems, List<PlanProblem> warnings) {}
}
