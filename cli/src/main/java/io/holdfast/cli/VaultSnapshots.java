package io.holdfast.cli;

import io.holdfast.vault.Vault;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "snapshots", description = "List the snapshots, oldest first.")
final class VaultSnapshots extends VaultVerb {

    @Mixin
    private final SnapshotOptions options = new SnapshotOptions();

    @Override
    int run(Vault vault) throws Exception {
        List<Snapshot> snapshots =
                vault.snapshots().reversed().stream().filter(options.filter()).toList();
        if (output().isJson()) {
            output().json(snapshots.stream().map(Shown::of).toList());
            return ExitCodes.DONE;
        }
        Table table = new Table("ID", "Time", "Host", "Tags", ">Files", ">Size", "Paths");
        for (Snapshot snapshot : snapshots) {
            table.row(
                    snapshot.id().shortForm(),
                    Text.time(snapshot.time(), surroundings().zone()),
                    snapshot.hostname(),
                    String.join(",", snapshot.tags()),
                    snapshot.summary()
                            .map(summary -> String.valueOf(summary.totalFilesProcessed()))
                            .orElse(""),
                    snapshot.summary()
                            .map(summary -> Text.size(summary.totalBytesProcessed()))
                            .orElse(""),
                    String.join(", ", snapshot.paths()));
        }
        output().table(table);
        output().line(Text.counted(snapshots.size(), "snapshot"));
        return ExitCodes.DONE;
    }

    /** A snapshot with restic's names. */
    record Shown(
            Instant time,
            @Nullable String parent,
            String tree,
            List<String> paths,
            String hostname,
            String username,
            List<String> tags,
            List<String> excludes,
            @Nullable String original,
            String programVersion,
            @Nullable Summary summary,
            String id,
            String shortId) {

        static Shown of(Snapshot snapshot) {
            return new Shown(
                    snapshot.time(),
                    snapshot.parent().map(Object::toString).orElse(null),
                    snapshot.tree().toString(),
                    snapshot.paths(),
                    snapshot.hostname(),
                    snapshot.username(),
                    snapshot.tags(),
                    snapshot.excludes(),
                    snapshot.original().map(Object::toString).orElse(null),
                    snapshot.programVersion(),
                    snapshot.summary().orElse(null),
                    snapshot.id().toString(),
                    snapshot.id().shortForm());
        }
    }
}
