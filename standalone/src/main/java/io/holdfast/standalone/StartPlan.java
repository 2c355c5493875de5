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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plan that a start puts in force.
 *
 * @param warnings what its operator should know
 */
record StartPlan(Path file, Plan plan, String text, List<String> warnings) {

    /**
     * Reads the plan that the operator names; without a name that of the last start. At the first start one is written into the
     * data directory, with the sample that it protects.
     *
     * @throws UpProblem with every problem of the plan
     */
    static StartPlan of(@Nullable Path named, DataDirectory data, DemoPlaces demo) throws UpProblem {
        Path file = named == null ? data.of("plan.yaml") : named;
        try {
            Optional<LastPlan> last = LastPlan.of(data);
            if (named == null && last.isPresent()) {
                return ofLast(last.get(), data);
            }
            if (named == null && !Files.exists(file)) {
                writeStarter(file, data, demo);
            }
            return read(file, PlanReader.read(file));
        } catch (IOException e) {
            throw new UpProblem(
                    "HF-S35",
                    "Cannot get at the plan %s: %s"
                            .formatted(
                                    file,
                                    WriteFault.of(e, Problem.reason(e), data.root())
                                            .told("Nothing was started.")));
        }
    }

    /** Its file as it is now; where that is gone, as it was. */
    private static StartPlan ofLast(LastPlan last, DataDirectory data) throws UpProblem {
        Path file = last.file();
        if (Files.exists(file)) {
            return read(file, PlanReader.read(file));
        }
        Path kept = LastPlan.text(data);
        StartPlan asItWas = read(kept, PlanReader.read(last.text(), kept.toString(), file.getParent()));
        String missing =
                "HF-S44 The plan %s is not there. This start goes on with it as it was at the last one. Put it back from %s, or name another with --plan."
                        .formatted(file, kept);
        return new StartPlan(
                file,
                asItWas.plan(),
                asItWas.text(),
                Stream.concat(Stream.of(missing), asItWas.warnings().stream()).toList());
    }

    private static StartPlan read(Path file, PlanReading reading) throws UpProblem {
        return switch (reading) {
            case PlanReading.Valid valid ->
                new StartPlan(
                        file,
                        valid.plan(),
                        valid.text(),
                        valid.warnings().stream().map(PlanProblem::oneLine).toList());
            case PlanReading.Invalid invalid -> throw refused(file, invalid.problems());
        };
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
