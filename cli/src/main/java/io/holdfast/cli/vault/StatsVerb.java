package io.holdfast.cli.vault;

import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.repository.SnapshotOptions;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.Vault;
import io.holdfast.vault.contents.StatsMode;
import io.holdfast.vault.contents.StatsTotals;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "stats", description = "Count what snapshots hold; of all snapshots unless some are named.")
final class StatsVerb extends RepositoryVerb {

    @Parameters(arity = "0..*", paramLabel = "SNAPSHOT", description = "'latest', or an id or how it begins.")
    private List<String> snapshots = List.of();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = {
                "restore-size (what a restore writes), files-by-contents (each content once),",
                "blobs-per-file (each chunk once per file), raw-data (what lies in the repository)."
            })
    private String mode = StatsMode.RESTORE_SIZE.word();

    @Mixin
    private final SnapshotOptions options = new SnapshotOptions();

    @Override
    protected int run(Vault vault) throws Exception {
        StatsMode counted = Arrays.stream(StatsMode.values())
                .filter(each -> each.word().equals(mode))
                .findFirst()
                .orElseThrow(() -> usage("There is no mode '%s'; there are %s."
                        .formatted(
                                mode,
                                Arrays.stream(StatsMode.values())
                                        .map(StatsMode::word)
                                        .collect(Collectors.joining(", ")))));
        StatsTotals totals;
        try (var _ = working("Counting")) {
            totals = vault.contents().stats(options.chooseAll(vault, snapshots), counted);
        }
        if (output().isJson()) {
            output().json(Shown.of(totals));
        } else {
            describe(totals);
        }
        return ExitCodes.DONE;
    }

    private void describe(StatsTotals totals) {
        output().line("Stats in %s mode:".formatted(mode));
        output().line("     Snapshots processed:  " + totals.snapshots());
        if (totals.blobs() > 0) {
            output().line("        Total Blob Count:  " + totals.blobs());
        }
        if (totals.files() > 0) {
            output().line("        Total File Count:  " + totals.files());
        }
        if (totals.raw().uncompressed() > 0) {
            output().line(" Total Uncompressed Size:  " + Text.size(totals.raw().uncompressed()));
        }
        output().line("              Total Size:  " + Text.size(totals.size()));
        if (totals.compressionRatio() > 0) {
            output().line("    Compression Progress:  %.2f%%".formatted(totals.compressionProgress()));
            output().line("       Compression Ratio:  %.2fx".formatted(totals.compressionRatio()));
            output().line("Compression Space Saving:  %.2f%%".formatted(totals.compressionSpaceSaving()));
        }
    }

    private record Shown(
            long totalSize,
            @Nullable Long totalUncompressedSize,
            @Nullable Double compressionRatio,
            @Nullable Double compressionProgress,
            @Nullable Double compressionSpaceSaving,
            @Nullable Long totalFileCount,
            @Nullable Long totalBlobCount,
            long snapshotsCount) {

        static Shown of(StatsTotals totals) {
            boolean raw = totals.raw().uncompressed() > 0;
            return new Shown(
                    totals.size(),
                    raw ? totals.raw().uncompressed() : null,
                    raw ? totals.compressionRatio() : null,
                    raw ? totals.compressionProgress() : null,
                    raw ? totals.compressionSpaceSaving() : null,
                    totals.files() > 0 ? totals.files() : null,
                    totals.blobs() > 0 ? totals.blobs() : null,
                    totals.snapshots());
        }
    }
}
