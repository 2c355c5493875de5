package io.holdfast.cli.vault;

import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.Vault;
import io.holdfast.vault.check.CheckReport;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.check.ReadData;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.model.PackId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(name = "check", description = "Check a repository; 1 if anything in it is damaged.")
final class CheckVerb extends RepositoryVerb {

    @Option(names = "--read-data", description = "Read every byte, not only what the index and the trees say.")
    private boolean readData;

    @Option(
            names = "--read-data-subset",
            paramLabel = "PART",
            converter = PartConverter.class,
            description = {
                "Read a part of it: 2/7, the second of seven groups of packs, each pack always in the same;",
                "2.5%% or 10G, packs chosen at random."
            })
    private @Nullable ReadData part;

    @Override
    protected int run(Vault vault) throws Exception {
        ShownWatch watch = new ShownWatch("Checking");
        CheckReport report;
        try (var _ = output().progress(watch::line)) {
            report = vault.check(new CheckSpec(which(), repository().isLockless()), watch);
        }
        if (output().isJson()) {
            output().json(Checked.of(report, readData));
        } else {
            describe(report);
        }
        return report.isIntact() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private ReadData which() {
        if (part != null && readData) {
            throw usage("--read-data reads everything, and --read-data-subset a part: only one can be meant.");
        }
        return part != null ? part : readData ? ReadData.everything() : ReadData.nothing();
    }

    private void describe(CheckReport report) {
        output().line("%s, %s, %s%s"
                .formatted(
                        Text.counted(report.snapshots(), "snapshot"),
                        Text.counted(report.packs(), "pack"),
                        Text.counted(report.blobs(), "blob"),
                        report.packsRead() > 0 ? ", %s read".formatted(Text.size(report.bytesRead())) : ""));
        report.notes().forEach(note -> output().line("note: " + note));
        report.problems().forEach(problem -> output().problem("damaged: " + Text.printable(problem.toString())));
        output().line(
                        report.isIntact()
                                ? report.packsRead() > 0
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
            int packsRead,
            long bytesRead,
            List<String> brokenPacks,
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
                    report.packsRead(),
                    report.bytesRead(),
                    report.damagedPacks().stream()
                            .map(PackId::toString)
                            .sorted()
                            .toList(),
                    report.problems(),
                    report.notes());
        }
    }

    /** Reads which part is meant, with the reason why it cannot. */
    static final class PartConverter implements ITypeConverter<ReadData> {

        @Override
        public ReadData convert(String text) {
            try {
                return ReadData.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
