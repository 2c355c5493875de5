package io.holdfast.cli;

import io.holdfast.vault.CheckReport;
import io.holdfast.vault.CheckSpec;
import io.holdfast.vault.Problem;
import io.holdfast.vault.Vault;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "check", description = "Check a repository; 1 if anything in it is damaged.")
final class VaultCheck extends VaultVerb {

    @Option(names = "--read-data", description = "Read every byte, not only what the index and the trees say.")
    private boolean readData;

    @Option(names = "--no-lock", description = "Work without a lock, so that backups can go on meanwhile.")
    private boolean noLock;

    @Override
    int run(Vault vault) throws Exception {
        CheckReport report;
        ProgressText text = new ProgressText(readData ? "Reading everything" : "Checking", 0, 0, 0, 0);
        try (var _ = output().progress(text::line)) {
            report = vault.check(new CheckSpec(readData, noLock));
        }
        if (output().isJson()) {
            output().json(Checked.of(report, readData));
        } else {
            describe(report);
        }
        return report.isIntact() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void describe(CheckReport report) {
        output().line("%s, %s, %s%s"
                .formatted(
                        Text.counted(report.snapshots(), "snapshot"),
                        Text.counted(report.packs(), "pack"),
                        Text.counted(report.blobs(), "blob"),
                        readData ? ", %s read".formatted(Text.size(report.bytesRead())) : ""));
        report.notes().forEach(note -> output().line("note: " + note));
        report.problems().forEach(problem -> output().problem("damaged: " + Text.printable(problem.toString())));
        output().line(
                        report.isIntact()
                                ? readData
                                        ? "No errors were found."
                                        : "No errors were found. Contents were not read: --read-data does."
                                : "%s found. What is intact stays restorable; bring back what is named from another copy."
                                        .formatted(
                                                Text.counted(report.problems().size(), "error")));
    }

    private record Checked(
            String messageType,
            int numErrors,
            boolean readData,
            int snapshots,
            int packs,
            long blobs,
            long bytesRead,
            List<Problem> problems,
            List<String> notes) {

        static Checked of(CheckReport report, boolean readData) {
            return new Checked(
                    "summary",
                    report.problems().size(),
                    readData,
                    report.snapshots(),
                    report.packs(),
                    report.blobs(),
                    report.bytesRead(),
                    report.problems(),
                    report.notes());
        }
    }
}
