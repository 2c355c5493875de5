package io.holdfast.standalone;

import io.holdfast.embedded.WriteFault;
import io.holdfast.plan.Plan;
import io.holdfast.plan.PlanProblem;
import io.holdfast.plan.PlanReader;
import io.holdfast.plan.PlanReading;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.StarterPlan;
import io.holdfast.vault.feedback.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plan that a start puts in force.
 *
 * @param warnings what its operator should know
 */
record StartPlan(Path file, Plan plan, String text, List<PlanProblem> warnings) {

    /**
     * Reads the plan that the operator names; without a name the one in the data directory, which is written, with the
     * sample that it protects, when there is none yet.
     *
     * @throws UpProblem with every problem of the plan
     */
    static StartPlan of(@Nullable Path named, DataDirectory data, DemoPlaces demo) throws UpProblem {
        Path file = named == null ? data.of("plan.yaml") : named;
        try {
            if (named == null && !Files.exists(file)) {
                writeStarter(file, data, demo);
            }
            return switch (PlanReader.read(file)) {
                case PlanReading.Valid valid -> new StartPlan(file, valid.plan(), valid.text(), valid.warnings());
                case PlanReading.Invalid invalid -> throw refused(file, invalid.problems());
            };
        } catch (IOException e) {
            throw new UpProblem(
                    "HF-S35",
                    "Cannot write the starter plan %s: %s"
                            .formatted(
                                    file,
                                    WriteFault.of(e, Problem.reason(e), data.root())
                                            .told("Nothing was started.")));
        }
    }

    private static void writeStarter(Path file, DataDirectory data, DemoPlaces demo) throws IOException, UpProblem {
        List<StarterPlan.Sample> samples = SampleStack.write(data.of("sample"));
        Files.writeString(
                file,
                StarterPlan.text(new StarterPlan.Parameters(
                        data.of("vaults"),
                        new SecretReference.File(data.secret("vault-password")),
                        demo.regions().stream()
                                .map(region -> new StarterPlan.Place(
                                        region.name(),
                                        region.location(),
                                        region.accessKeyReference(),
                                        region.secretKeyReference()))
                                .toList(),
                        "127.0.0.1",
                        demo.mailPort(),
                        samples)));
    }

    private static UpProblem refused(Path file, List<PlanProblem> problems) {
        return new UpProblem(
                "HF-S36",
                "The plan %s cannot be put in force; nothing was started. What is wrong with it:%n%s"
                        .formatted(
                                file,
                                problems.stream()
                                        .map(problem -> "  " + problem.oneLine())
                                        .collect(Collectors.joining("\n"))));
    }
}
