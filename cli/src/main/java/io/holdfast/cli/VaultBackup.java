package io.holdfast.cli;

import io.holdfast.vault.BackupOption;
import io.holdfast.vault.BackupResult;
import io.holdfast.vault.BackupSpec;
import io.holdfast.vault.Problem;
import io.holdfast.vault.Root.Tree;
import io.holdfast.vault.Vault;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "backup", description = "Back up files and directories.")
final class VaultBackup extends VaultVerb {

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "What is backed up, under its absolute path.")
    private List<Path> paths = List.of();

    @Option(names = "--tag", paramLabel = "TAG[,TAG]", split = ",", description = "A tag; can be given again.")
    private List<String> tags = List.of();

    @Mixin
    private final ExcludeOptions excludes = new ExcludeOptions();

    @Option(
            names = {"-H", "--host"},
            paramLabel = "HOST",
            description = "The host the snapshot names. Default: this one.")
    private @Nullable String host;

    @Option(
            names = {"-f", "--force"},
            description = "Read every file again, also where nothing about it has changed.")
    private boolean force;

    private final VaultProgress progress = new VaultProgress("Backing up");

    @Override
    int run(Vault vault) throws Exception {
        BackupSpec spec = BackupSpec.of(paths.stream()
                        .map(Tree::of)
                        .map(root -> (io.holdfast.vault.Root) root)
                        .toList())
                .withTags(tags)
                .withExcludes(excludes.excludes(name -> environment(name).orElse("")))
                .with(BackupOption.FORCE, force);
        BackupResult result;
        try (var _ = output().progress(elapsed -> progress.text().line(elapsed))) {
            result = vault.backup(host == null ? spec : spec.withHostname(host), progress);
        }
        report(result);
        return result.isComplete() ? ExitCodes.DONE : ExitCodes.INCOMPLETE;
    }

    private void report(BackupResult result) {
        Snapshot snapshot = result.snapshot();
        if (output().isJson()) {
            output().json(new Saved(
                    "summary",
                    snapshot.id().toString(),
                    snapshot.parent().map(Object::toString).orElse(null),
                    snapshot.summary().orElse(null),
                    result.problems()));
            return;
        }
        snapshot.summary().ifPresent(this::describe);
        output().line("snapshot %s saved%s"
                .formatted(
                        snapshot.id().shortForm(),
                        result.isComplete()
                                ? ""
                                : ", incomplete: "
                                        + Text.counted(result.problems().size(), "problem")));
        for (Problem problem : result.problems()) {
            output().problem(Text.printable(problem.toString()));
        }
    }

    private void describe(Summary summary) {
        output().line("Files:  %6d new, %6d changed, %6d unmodified"
                .formatted(summary.filesNew(), summary.filesChanged(), summary.filesUnmodified()));
        output().line("Dirs:   %6d new, %6d changed, %6d unmodified"
                .formatted(summary.dirsNew(), summary.dirsChanged(), summary.dirsUnmodified()));
        output().line("Added:  %s, stored as %s"
                .formatted(Text.size(summary.dataAdded()), Text.size(summary.dataAddedPacked())));
        output().line("Read:   %s, %s in %s"
                .formatted(
                        Text.counted(summary.totalFilesProcessed(), "file"),
                        Text.size(summary.totalBytesProcessed()),
                        Text.duration(Duration.between(summary.backupStart(), summary.backupEnd()))));
    }

    @Override
    String whenInterrupted() {
        return progress.isCommitted()
                ? "Interrupted when the snapshot had just been saved. 'holdfast vault snapshots' shows it."
                : "Interrupted. No snapshot was made; those made before are safe. Run it again: what was stored so far is not sent again.";
    }

    private record Saved(
            String messageType,
            String snapshotId,
            @Nullable String parent,
            @Nullable Summary summary,
            List<Problem> problems) {}
}
