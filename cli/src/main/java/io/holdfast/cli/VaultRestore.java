package io.holdfast.cli;

import io.holdfast.vault.Problem;
import io.holdfast.vault.RestoreResult;
import io.holdfast.vault.RestoreSpec;
import io.holdfast.vault.SnapshotReference;
import io.holdfast.vault.Vault;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.NodeType;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "restore", description = "Bring back a snapshot, or a part of it, into a directory.")
final class VaultRestore extends VaultVerb {

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

    @Option(names = "--delete", description = "Delete from DIR what the snapshot does not hold.")
    private boolean delete;

    @Mixin
    private final SnapshotOptions options = new SnapshotOptions();

    @Override
    int run(Vault vault) throws Exception {
        Path directory = target.toAbsolutePath().normalize();
        if (delete && directory.getParent() == null) {
            throw Code.TARGET_REFUSED.because(
                    "Will not restore into %s with --delete: everything else on this machine would be deleted. Nothing was changed. Name a directory, or leave --delete away."
                            .formatted(directory));
        }
        SnapshotReference choice = SnapshotReference.parse(snapshot);
        Snapshot chosen = options.choose(vault, choice);
        boolean single = vault.contents()
                .entry(chosen.id(), choice.path())
                .filter(top -> top.type() != NodeType.DIR)
                .isPresent();
        Path into = single ? directory.resolve(lastName(choice.path())) : directory;
        output().note("Restoring snapshot %s of %s to %s"
                .formatted(
                        chosen.id().shortForm(),
                        Text.time(chosen.time(), surroundings().zone()),
                        into));
        VaultProgress progress = new VaultProgress("Restoring");
        RestoreResult result;
        try (var _ = output().progress(elapsed -> progress.text().line(elapsed))) {
            result = vault.restore(
                    chosen.id(),
                    RestoreSpec.of(choice.path(), into).with(RestoreSpec.Option.DELETE_EXTRA, delete && !single),
                    progress);
        }
        report(chosen, result);
        return result.isComplete() ? ExitCodes.DONE : ExitCodes.INCOMPLETE;
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void report(Snapshot chosen, RestoreResult result) {
        if (output().isJson()) {
            output().json(new Restored(
                    "summary",
                    chosen.id().toString(),
                    result.written(),
                    result.unchanged(),
                    result.deleted(),
                    result.bytes(),
                    result.problems()));
            return;
        }
        for (Problem problem : result.problems()) {
            output().problem(Text.printable(problem.toString()));
        }
        output().line("%s: %s written (%s), %d unchanged, %d deleted%s"
                .formatted(
                        result.isComplete() ? "Restored" : "Restored in part",
                        Text.counted(result.written(), "file"),
                        Text.size(result.bytes()),
                        result.unchanged(),
                        result.deleted(),
                        result.isComplete()
                                ? ""
                                : ", " + Text.counted(result.problems().size(), "problem")));
    }

    @Override
    String whenInterrupted() {
        return "Interrupted. Every file in the target is either whole or as it was; the repository is unharmed. Run it again to finish.";
    }

    private record Restored(
            String messageType,
            String snapshotId,
            long filesRestored,
            long filesUnchanged,
            long filesDeleted,
            long bytesRestored,
            List<Problem> problems) {}
}
