package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.verb.Verb;
import io.holdfast.plan.PlanReader;
import io.holdfast.plan.PlanReading;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "check", description = "Say what is wrong with a plan, all of it, with lines and remedies.")
final class PlanCheckVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The plan.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Override
    protected int run() {
        return switch (PlanReader.read(file)) {
            case PlanReading.Valid valid -> {
                PlanReport.valid(valid, file.toString(), output());
                yield ExitCodes.DONE;
            }
            case PlanReading.Invalid invalid -> {
                PlanReport.invalid(invalid, output());
                yield ExitCodes.FAILED;
            }
        };
    }
}
