package io.holdfast.cli.vault.maintenance;

import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Output;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.prune.PruneReport;
import io.holdfast.vault.prune.PruneStatistics;
import java.util.List;

/** What a prune came to, as it is told. */
record Pruned(
        String messageType,
        boolean dryRun,
        PruneStatistics plan,
        int packsDeleted,
        long bytesDeleted,
        int packsWaiting,
        long bytesWaiting,
        List<String> stayed,
        List<String> doubts) {

    /** Tells it; returns the exit code. */
    static int tell(PruneReport report, boolean dryRun, Output output) {
        Pruned pruned = of(report, dryRun);
        if (output.isJson()) {
            output.json(pruned);
        } else {
            pruned.lines(output);
        }
        int exit = StayedFiles.tell(report.stayed(), output);
        pruned.doubts.forEach(each -> output.problem("nothing was deleted: " + Text.printable(each)));
        return pruned.doubts.isEmpty() ? exit : ExitCodes.INCOMPLETE;
    }

    private static Pruned of(PruneReport report, boolean dryRun) {
        return new Pruned(
                "summary",
                dryRun,
                report.plan().statistics(),
                report.packsDeleted(),
                report.bytesDeleted(),
                report.packsWaiting(),
                report.bytesWaiting(),
                StayedFiles.names(report.stayed()),
                report.doubts());
    }

    private void lines(Output output) {
        String would = dryRun ? "would be " : "";
        output.line("in use:     %s in %s kept whole"
                .formatted(Text.size(plan.usedBytes()), Text.counted(plan.packsKept(), "pack")));
        output.line("repacked:   %s%s of %s"
                .formatted(would, Text.size(plan.repackBytes()), Text.counted(plan.packsRepacked(), "pack")));
        output.line("not needed: %s, and %s stored twice; %s of it stays"
                .formatted(
                        Text.size(plan.unusedBytes()),
                        Text.size(plan.duplicateBytes()),
                        Text.size(plan.unusedBytesAfter())));
        output.line("in no index: %s, %s"
                .formatted(Text.counted(plan.packsUnindexed(), "pack"), Text.size(plan.unindexedBytes())));
        if (dryRun) {
            output.line("nothing was changed: a dry run");
            return;
        }
        output.line("deleted:    %s, %s".formatted(Text.counted(packsDeleted, "pack"), Text.size(bytesDeleted)));
        if (packsWaiting > 0) {
            output.line("waiting:    %s, %s: the next prune on this machine, in a day or later, deletes them"
                    .formatted(Text.counted(packsWaiting, "pack"), Text.size(bytesWaiting)));
        }
    }
}
