package io.holdfast.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code holdfast}: the options that every verb takes. */
@Command(
        name = "holdfast",
        description = "Backups by events, in the restic format, proven by restoring them.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "VERB",
        sortOptions = false,
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:done, and complete",
            "  1:failed",
            "  3:incomplete: something was stored or brought back, but not all of it",
            " 10:no repository there",
            " 11:the repository is locked",
            " 12:wrong password",
            "130:interrupted"
        })
final class Root extends VerbGroup {

    private static final List<Class<?>> VERBS = List.of(
            StatusVerb.class,
            BackupVerb.class,
            BackupsVerb.class,
            RestoreVerb.class,
            IncidentsVerb.class,
            AckVerb.class,
            PlanVerbs.class,
            EventsVerb.class,
            RecoverySheetVerb.class,
            EmergencyVerb.class,
            VaultVerbs.class);

    private static final Path DEFAULT_DATA = Path.of("holdfast-data");

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description =
                    "Which 'holdfast up' is meant: its data directory. Default: HOLDFAST_DATA, or ./holdfast-data.")
    private @Nullable Path data;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print JSON: one document, or one per line where there is no end.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Say no more than results and problems: no notes, and no progress on a terminal.")
    private boolean quiet;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show what goes on inside, and stack traces.")
    private boolean debug;

    private @Nullable Output output;

    /** @param more verbs of others */
    Root(Surroundings surroundings, List<?> more) {
        super(Stream.concat(VERBS.stream(), more.stream()).toList());
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    boolean isDebug() {
        return debug;
    }

    Path dataDirectory() {
        return namedDataDirectory().orElse(DEFAULT_DATA);
    }

    boolean isDataDirectoryNamed() {
        return namedDataDirectory().isPresent();
    }

    private Optional<Path> namedDataDirectory() {
        return Optional.ofNullable(data)
                .or(() -> Optional.ofNullable(surroundings.environment("HOLDFAST_DATA"))
                        .map(Path::of));
    }

    /** One for the whole run, so that an interruption can have the last word. */
    Output output() {
        if (output == null) {
            output = new Output(
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr(),
                    json,
                    quiet,
                    surroundings.isStderrTerminal());
        }
        return output;
    }
}
