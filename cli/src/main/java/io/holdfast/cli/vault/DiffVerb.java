package io.holdfast.cli.vault;

import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.SnapshotReference;
import io.holdfast.vault.Vault;
import io.holdfast.vault.contents.Change;
import io.holdfast.vault.contents.DiffTotals;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFilter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = {
            "Show what has become of files from one snapshot to another.",
            "+ added, - removed, M content changed, T another kind of file, U owner, mode, times or the like,",
            "? content changed though nothing else did: the disk may be failing."
        })
final class DiffVerb extends RepositoryVerb {

    @Parameters(index = "0", paramLabel = "SNAPSHOT[:PATH]", description = "The older one.")
    @SuppressWarnings("NullAway.Init")
    private String from;

    @Parameters(index = "1", paramLabel = "SNAPSHOT[:PATH]", description = "The newer one.")
    @SuppressWarnings("NullAway.Init")
    private String to;

    @Option(names = "--metadata", description = "Also show files of which only owner, mode, times or the like changed.")
    private boolean metadata;

    @Override
    protected int run(Vault vault) throws Exception {
        SnapshotReference old = SnapshotReference.parse(from);
        SnapshotReference now = SnapshotReference.parse(to);
        Snapshot before = vault.snapshot(old, SnapshotFilter.ALL);
        Snapshot after = vault.snapshot(now, SnapshotFilter.ALL);
        DiffTotals totals =
                vault.contents().diff(before.id(), old.path(), after.id(), now.path(), metadata, this::show);
        if (output().isJson()) {
            output().json(new Statistics(
                    "statistics", from, to, totals.changedFiles(), totals.added(), totals.removed()));
        } else {
            describe(totals);
        }
        return ExitCodes.DONE;
    }

    private void show(Change change) {
        if (output().isJson()) {
            output().json(new Changed("change", change.path(), change.letters()));
        } else {
            output().line("%-5s%s".formatted(change.letters(), Text.printable(change.path())));
        }
    }

    private void describe(DiffTotals totals) {
        DiffTotals.Side added = totals.added();
        DiffTotals.Side removed = totals.removed();
        output().line("");
        output().line("Files:       %5d new, %5d removed, %5d changed"
                .formatted(added.files(), removed.files(), totals.changedFiles()));
        output().line("Dirs:        %5d new, %5d removed".formatted(added.dirs(), removed.dirs()));
        output().line("Others:      %5d new, %5d removed".formatted(added.others(), removed.others()));
        output().line("Data Blobs:  %5d new, %5d removed".formatted(added.dataBlobs(), removed.dataBlobs()));
        output().line("Tree Blobs:  %5d new, %5d removed".formatted(added.treeBlobs(), removed.treeBlobs()));
        output().line("  Added:   " + Text.size(added.bytes()));
        output().line("  Removed: " + Text.size(removed.bytes()));
    }

    private record Changed(String messageType, String path, String modifier) {}

    private record Statistics(
            String messageType,
            String sourceSnapshot,
            String targetSnapshot,
            long changedFiles,
            DiffTotals.Side added,
            DiffTotals.Side removed) {}
}
