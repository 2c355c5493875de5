package io.holdfast.cli.vault.files;

import io.holdfast.cli.repository.HoldfastTags;
import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.repository.SnapshotOptions;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.SnapshotReference;
import io.holdfast.vault.Vault;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.restore.Altered;
import io.holdfast.vault.restore.RestoreResult;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.NodeType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast vault restore}: restic's options, and those that decide what rights come back. */
@Command(name = "restore", description = "Bring back a snapshot, or a part of it, into a directory.")
public final class RestoreVerb extends RepositoryVerb {

    @Parameters(
            paramLabel = "SNAPSHOT[:PATH]",
            description = {
                "'latest', or an id or how it begins.",
                "With PATH only that: the content of a directory, or a file."
            })
    @SuppressWarnings("NullAway.Init")
    private String snapshot;

    @Option(
            names = {"-t", "--target"},
            required = true,
            paramLabel = "DIR",
            description = "Where to. Without PATH everything lands there under its absolute path.")
    @SuppressWarnings("NullAway.Init")
    private Path target;

    @Mixin
    private final ChoiceOptions choices = new ChoiceOptions();

    @Mixin
    private final RestoreOptions how = new RestoreOptions();

    @Mixin
    private final VerboseOptions verbose = new VerboseOptions();

    @Mixin
    private final SnapshotOptions options = new SnapshotOptions();

    @SuppressWarnings("NullAway.Init")
    private RestoreSpec.Choice choice;

    @Override
    protected void prepare() {
        how.complaint().ifPresent(complaint -> {
            throw usage(complaint);
        });
        choice = choices.choice(name -> environment(name).orElse(""));
        Path directory = target.toAbsolutePath().normalize();
        if (how.deletes() && directory.getParent() == null && !(choice instanceof RestoreSpec.Choice.Including)) {
            throw Code.TARGET_REFUSED.because(
                    "Will not restore into %s with --delete: everything else on this machine would be deleted. Nothing was changed. Name a directory, say what to --include, or leave --delete away."
                            .formatted(directory));
        }
    }

    @Override
    protected int run(Vault vault) throws Exception {
        Path directory = target.toAbsolutePath().normalize();
        SnapshotReference reference = SnapshotReference.parse(snapshot);
        Snapshot chosen = options.choose(vault, reference);
        boolean single = vault.contents()
                .entry(chosen.id(), reference.path())
                .filter(top -> top.type() != NodeType.DIR)
                .isPresent();
        Path into = single ? directory.resolve(lastName(reference.path())) : directory;
        output().note("Restoring snapshot %s of %s to %s"
                .formatted(
                        chosen.id().shortForm(),
                        Text.time(chosen.time(), surroundings().zone()),
                        into));
        RestoreSpec spec = how.applied(RestoreSpec.of(reference.path(), into)).withChoice(choice);
        CountingProgress progress = new CountingProgress("Restoring");
        RestoreResult result;
        try (var _ = verbose.show(progress, output())) {
            result = vault.restore(
                    chosen.id(), single ? spec.with(RestoreSpec.Option.DELETE_EXTRA, false) : spec, progress);
        }
        report(chosen, result);
        return isWhole(result) && !HoldfastTags.isIncomplete(chosen) ? ExitCodes.DONE : ExitCodes.INCOMPLETE;
    }

    /** Here devices can be asked for. */
    private static boolean isWhole(RestoreResult result) {
        return result.isComplete() && result.altered().devices().count() == 0;
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void report(Snapshot chosen, RestoreResult result) {
        if (output().isJson()) {
            output().json(Restored.of(chosen, result, how.isDryRun()));
            return;
        }
        for (Problem problem : result.problems()) {
            output().problem(Text.printable(problem.toString()));
        }
        remarks(chosen, result.altered()).map(Text::printable).forEach(output()::problem);
        String incomplete =
                result.isComplete() ? "" : ", " + Text.counted(result.problems().size(), "problem");
        output().line("%s: %s written (%s), %d unchanged, %s%d deleted%s"
                .formatted(
                        how.isDryRun()
                                ? "A dry run, nothing was changed"
                                : isWhole(result) ? "Restored" : "Restored in part",
                        Text.counted(result.written(), "file"),
                        Text.size(result.bytes()),
                        result.unchanged(),
                        result.skipped() > 0 ? "%d left as they were, ".formatted(result.skipped()) : "",
                        result.deleted(),
                        incomplete));
    }

    private Stream<String> remarks(Snapshot chosen, Altered altered) {
        Optional<String> incomplete = HoldfastTags.isIncomplete(chosen)
                ? Optional.of(
                        "Snapshot %s is of an incomplete capture: some of its component was not read whole, or was written to though it was to rest. It holds no more than this; 'holdfast backups' says of the backup what was the matter."
                                .formatted(chosen.id().shortForm()))
                : Optional.empty();
        Optional<String> owners = how.leavesOwners() ? Optional.empty() : altered.ofOthers();
        return Stream.of(
                        incomplete,
                        owners.map(
                                "%s. Only root gives files away; what they hold is whole. Run it again as root, or chown them by hand."
                                        ::formatted),
                        altered.withoutRights()
                                .map(
                                        "%s. What they hold is whole. Run it again with --setuid to give these back too."
                                                ::formatted),
                        altered.withoutDevices()
                                .map("%s. Run it again with --devices, as root, to make them."::formatted))
                .flatMap(Optional::stream);
    }

    @Override
    protected String whenInterrupted() {
        return "Interrupted. Every file in the target is either whole or as it was; the repository is unharmed. Run it again to finish.";
    }

    /** With restic's names; what it skips is unchanged or was to be left as it was. */
    private record Restored(
            String messageType,
            String snapshotId,
            boolean dryRun,
            long totalFiles,
            long filesRestored,
            long filesUnchanged,
            long filesSkipped,
            long filesDeleted,
            long bytesRestored,
            boolean incompleteCapture,
            List<Problem> problems,
            Altered altered) {

        static Restored of(Snapshot chosen, RestoreResult result, boolean dryRun) {
            long skipped = result.unchanged() + result.skipped();
            return new Restored(
                    "summary",
                    chosen.id().toString(),
                    dryRun,
                    result.written() + skipped,
                    result.written(),
                    result.unchanged(),
                    skipped,
                    result.deleted(),
                    result.bytes(),
                    HoldfastTags.isIncomplete(chosen),
                    result.problems(),
                    result.altered());
        }
    }
}
