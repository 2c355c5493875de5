package io.holdfast.cli.vault;

import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.repository.SnapshotOptions;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.ProgressText;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.Vault;
import io.holdfast.vault.copy.CopyReport;
import io.holdfast.vault.copy.CopySpec;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "copy",
        description = {
            "Copy snapshots from another repository into this one; 3 if not all of them could be.",
            "What is there already is left out, whether this or restic copied it."
        })
final class CopyVerb extends RepositoryVerb {

    @Parameters(
            arity = "0..*",
            paramLabel = "SNAPSHOT",
            description = "Which; otherwise all that --host, --tag and --path leave.")
    private List<String> snapshots = List.of();

    @Mixin
    private final FromOptions from = new FromOptions();

    @Mixin
    private final SnapshotOptions options = new SnapshotOptions();

    @Override
    protected String whenInterrupted() {
        return "Interrupted. What is complete in the repository stays so. Run it again, and it goes on.";
    }

    @Override
    protected int run(Vault vault) throws Exception {
        try (Vault source = from.open(surroundings())) {
            Set<SnapshotId> chosen = options.chooseAll(source, snapshots).stream()
                    .map(Snapshot::id)
                    .collect(Collectors.toSet());
            CopyReport report = copy(source, vault, CopySpec.ALL.withWanted(each -> chosen.contains(each.id())));
            tell(report);
            return report.isComplete() ? ExitCodes.DONE : ExitCodes.INCOMPLETE;
        }
    }

    private CopyReport copy(Vault source, Vault vault, CopySpec spec) throws Exception {
        AtomicReference<ProgressText> text = new AtomicReference<>(ProgressText.of("Copying"));
        try (var _ = output().progress(elapsed -> text.get().line(elapsed))) {
            return source.copy(vault, spec, (_, done, of) -> text.set(new ProgressText("Copying", 0, done, 0, of)));
        }
    }

    private void tell(CopyReport report) {
        report.problems().forEach(problem -> output().problem(Text.printable(problem.toString())));
        report.present().forEach(pair -> tell("skipped", "%s is there already, as %s", pair));
        report.copied().forEach(pair -> tell("copied", "%s is copied, as %s", pair));
        if (output().isJson()) {
            output().json(new Summary(
                    "summary",
                    report.copied().size(),
                    report.present().size(),
                    report.problems().size(),
                    report.blobs(),
                    report.bytes()));
        } else {
            output().line("%s copied, %s of new content"
                    .formatted(Text.counted(report.copied().size(), "snapshot"), Text.size(report.bytes())));
        }
    }

    private void tell(String type, String text, CopyReport.Pair pair) {
        if (output().isJson()) {
            output().json(new Each(type, pair.source().toString(), pair.target().toString()));
        } else {
            output().line(text.formatted(
                    pair.source().shortForm(), pair.target().shortForm()));
        }
    }

    private record Each(String messageType, String fromSnapshotId, String snapshotId) {}

    private record Summary(String messageType, int copied, int skipped, int failed, long blobs, long bytes) {}
}
