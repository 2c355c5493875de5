package io.holdfast.cli.emergency;

import io.holdfast.cli.repository.Opening;
import io.holdfast.cli.repository.PasswordSource;
import io.holdfast.cli.repository.RecoverySheet;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Text;
import io.holdfast.cli.verb.Verb;
import io.holdfast.events.SnapshotKind;
import io.holdfast.plan.Plan;
import io.holdfast.plan.PlanReader;
import io.holdfast.plan.PlanReading;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.sources.Sources;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.emergency.EmergencyCapture;
import io.holdfast.sources.emergency.EmergencyReport;
import io.holdfast.sources.emergency.Wanted;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backend.Backends;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast emergency}: goes on after whatever fails, and says in the end what is missing. */
@Command(
        name = "emergency",
        description = {
            "Save whatever can still be read, as it is, into a new repository, with a report of what could not be.",
            "Needs no broker and no running platform, and brings nothing to rest."
        })
public final class EmergencyVerb extends Verb {

    private static final String STACK = "emergency";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "PLACE",
            description = "Where the new repository is made: a directory, or s3:… .")
    @SuppressWarnings("NullAway.Init")
    private String place;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "The plan that says what there is. Default: plan.yaml in --data, unless there are PATHs.")
    private @Nullable Path plan;

    @Option(
            names = {"-p", "--password-file"},
            paramLabel = "FILE",
            description = "The file that holds the password. Default: a new one is made and printed once.")
    private @Nullable String passwordFile;

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "What else is to be saved.")
    private List<Path> paths = List.of();

    private boolean isPlanBroken;

    @Override
    protected int run() throws Exception {
        List<Wanted> wanted = wanted();
        PasswordSource source =
                passwordFile == null ? PasswordSource.Made.anew() : new PasswordSource.InFile(passwordFile);
        try (Vault vault = vault(source)) {
            RecoverySheet sheet = RecoverySheet.of(vault.location(), source);
            if (output().isJson()) {
                output().json(new Made("initialized", sheet));
            } else {
                sheet.lines(SnapshotKind.EMERGENCY).forEach(output()::line);
                output().line("");
            }
            var capture = new EmergencyCapture(vault, sources(), Clock.systemUTC(), leftOut());
            EmergencyReport report =
                    capture.run(wanted, saved -> output().note("%s: done".formatted(saved.component())));
            boolean isReportStored = store(capture, report);
            if (output().isJson()) {
                output().json(new Done("summary", report));
            } else {
                report.lines().forEach(line -> output().line(Text.printable(line)));
            }
            if (!report.isAnythingStored()) {
                throw new SourceException(
                        "HF-Q92",
                        "Nothing at all could be stored in %s. Nothing was changed elsewhere. The report says why; try another place, or name what is there by its path."
                                .formatted(vault.location()));
            }
            return report.isComplete() && isReportStored && !isPlanBroken ? ExitCodes.DONE : ExitCodes.INCOMPLETE;
        }
    }

    private boolean store(EmergencyCapture capture, EmergencyReport report) {
        try {
            capture.store(report);
            return true;
        } catch (VaultException e) {
            output().problem(
                            "HF-Q93 The report could not be stored beside the snapshots (%s). The snapshots are safe. Keep what is printed here."
                                    .formatted(e.getMessage()));
            return false;
        }
    }

    private List<Wanted> wanted() {
        List<Wanted> wanted = new ArrayList<>();
        file().flatMap(this::read)
                .ifPresent(read -> read.stacks()
                        .forEach(stack -> stack.components()
                                .forEach(component ->
                                        wanted.add(new Wanted(stack.name(), component.name(), component.source())))));
        if (!paths.isEmpty()) {
            List<Path> absolute = paths.stream()
                    .map(path -> path.toAbsolutePath().normalize())
                    .distinct()
                    .toList();
            wanted.add(
                    new Wanted(STACK, "paths", new Source.Files(absolute, List.of(), List.of(), null, Quiesce.NONE)));
        }
        wanted.add(new Wanted(STACK, "host", new Source.SystemInformation(List.of(), List.of(), Quiesce.NONE)));
        return wanted;
    }

    private Optional<Path> file() {
        if (plan != null) {
            return Optional.of(plan);
        }
        return paths.isEmpty() || invocation().isDataDirectoryNamed()
                ? Optional.of(dataDirectory().resolve("plan.yaml"))
                : Optional.empty();
    }

    /** A plan that cannot be read stops nothing if there is something else to save. */
    private Optional<Plan> read(Path file) {
        return switch (PlanReader.read(file)) {
            case PlanReading.Valid valid -> Optional.of(valid.plan());
            case PlanReading.Invalid invalid -> {
                String first = invalid.problems().getFirst().oneLine();
                if (paths.isEmpty()) {
                    throw Code.INVALID_PLAN.because(
                            "Cannot read the plan, so it is not known what there is: %s Nothing was changed. Name a plan with --plan, or what is to be saved by its PATHs."
                                    .formatted(first));
                }
                isPlanBroken = true;
                output().problem("%s Only the named paths are saved.".formatted(first));
                yield Optional.empty();
            }
        };
    }

    private Vault vault(PasswordSource source) throws IOException {
        Opening anew = Vault::init;
        return anew.on(Backends.open(place, surroundings()::environment), source);
    }

    /** The new repository, where it is made within what is saved. */
    private List<String> leftOut() {
        return Backends.isRemote(place)
                ? List.of()
                : List.of(
                        Path.of(place).toAbsolutePath().normalize().toString().replaceAll("[\\\\*?\\[\\]]", "\\\\$0"));
    }

    private Sources sources() {
        Map<String, String> variables = new HashMap<>();
        for (String name : List.of("DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "HOME")) {
            environment(name).ifPresent(value -> variables.put(name, value));
        }
        return new Sources(
                new Host(surroundings()::environment, Clock.systemUTC(), DockerEngine.fromEnvironment(variables)));
    }

    @Override
    protected String whenInterrupted() {
        return "Interrupted. What was stored until then is in %s, and can be restored. Run it again with another place for the rest."
                .formatted(place);
    }

    /** Told first: whatever happens later, the password is known. */
    private record Made(String messageType, RecoverySheet recoverySheet) {}

    private record Done(String messageType, EmergencyReport report) {}
}
