package io.holdfast.cli;

import io.holdfast.cli.emergency.EmergencyVerb;
import io.holdfast.cli.platform.PlatformVerbs;
import io.holdfast.cli.terminal.Output;
import io.holdfast.cli.vault.VaultVerbs;
import io.holdfast.cli.verb.Invocation;
import io.holdfast.cli.verb.Surroundings;
import io.holdfast.cli.verb.VerbGroup;
import io.holdfast.cli.verb.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
final class Root extends VerbGroup implements Invocation {

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
        super(verbs(more));
        this.surroundings = surroundings;
    }

    private static List<?> verbs(List<?> more) {
        List<Object> verbs = new ArrayList<>(PlatformVerbs.ALL);
        verbs.addAll(List.of(EmergencyVerb.class, VaultVerbs.class, TrainVerb.class));
        verbs.addAll(more);
        return verbs;
    }

    @Override
    public Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public boolean isDebug() {
        return debug;
    }

    @Override
    public Path dataDirectory() {
        return namedDataDirectory().orElse(DEFAULT_DATA);
    }

    @Override
    public boolean isDataDirectoryNamed() {
        return namedDataDirectory().isPresent();
    }

    private Optional<Path> namedDataDirectory() {
        return Optional.ofNullable(data)
                .or(() -> Optional.ofNullable(surroundings.environment("HOLDFAST_DATA"))
                        .map(Path::of));
    }

    @Override
    public Output output() {
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
