package io.holdfast.cli.vault.maintenance;

import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.repository.SnapshotOptions;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.Vault;
import io.holdfast.vault.repair.SnapshotsRepair;
import io.holdfast.vault.repair.SnapshotsRepair.Repaired;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "snapshots",
        description = "Write snapshots that lack something anew without it; 3 if a snapshot cannot be read at all.")
final class RepairSnapshotsVerb extends RepositoryVerb {

    @Parameters(
            arity = "0..*",
            paramLabel = "SNAPSHOT",
            description = "Which; otherwise all that --host, --tag and --path leave.")
    private List<String> snapshots = List.of();

    @Option(names = "--forget", description = "Remove the snapshots that are written anew.")
    private boolean forget;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only tell what is lost.")
    private boolean dryRun;

    @Mixin
    private final SnapshotOptions options = new SnapshotOptions();

    @Override
    protected int run(Vault vault) throws Exception {
        SnapshotsRepair result;
        try (var _ = working("Repairing snapshots")) {
            result = vault.maintenance().repairSnapshots(chosen(vault), forget, dryRun);
        }
        if (output().isJson()) {
            output().json(new Told(
                    "summary",
                    dryRun,
                    result.repaired().stream().map(Shown::of).toList(),
                    result.unreadable(),
                    StayedFiles.names(result.stayed())));
        } else {
            result.repaired().forEach(this::describe);
            output().line("%s %s"
                    .formatted(
                            Text.counted(result.repaired().size(), "snapshot"),
                            dryRun ? "would be written anew: a dry run" : "written anew"));
        }
        result.unreadable().forEach(file -> output().problem("cannot be read, and nothing can repair it: " + file));
        int exit = StayedFiles.tell(result.stayed(), output());
        return result.unreadable().isEmpty() ? exit : ExitCodes.INCOMPLETE;
    }

    /** By the options alone also where some snapshot file cannot be read. */
    private Predicate<Snapshot> chosen(Vault vault) throws Exception {
        return snapshots.isEmpty() ? options.filter() : Set.copyOf(options.chooseAll(vault, snapshots))::contains;
    }

    private void describe(Repaired repaired) {
        output().line("%s%s"
                .formatted(
                        repaired.before().shortForm(),
                        repaired.after()
                                .map(after -> " is now " + after.id().shortForm())
                                .orElse(dryRun ? "" : ": nothing of it can be read")));
        repaired.changes().forEach(change -> output().line("  " + Text.printable(change)));
    }

    @Override
    protected String whenInterrupted() {
        return "Interrupted. Every snapshot is as it was, or written anew. Run it again.";
    }

    private record Shown(String snapshotId, @Nullable String newSnapshotId, List<String> changes) {

        static Shown of(Repaired repaired) {
            return new Shown(
                    repaired.before().toString(),
                    repaired.after().map(after -> after.id().toString()).orElse(null),
                    repaired.changes());
        }
    }

    private record Told(
            String messageType, boolean dryRun, List<Shown> repaired, List<String> unreadable, List<String> stayed) {}
}
