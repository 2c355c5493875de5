package io.holdfast.cli.vault;

import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.repository.SnapshotOptions;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.vault.SnapshotReference;
import io.holdfast.vault.Vault;
import io.holdfast.vault.contents.ArchivePart;
import io.holdfast.vault.contents.ArchiveType;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.NodeType;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dump",
        description = "Write a file of a snapshot to standard output; a directory is written as an archive.")
final class DumpVerb extends RepositoryVerb {

    @Parameters(
            index = "0",
            paramLabel = "SNAPSHOT[:PATH]",
            description = "'latest', or an id or how it begins; names in an archive begin at PATH.")
    @SuppressWarnings("NullAway.Init")
    private String snapshot;

    @Parameters(
            index = "1",
            paramLabel = "PATH",
            description = "The file or directory, as ls shows it, or below SNAPSHOT's PATH.")
    @SuppressWarnings("NullAway.Init")
    private String path;

    @Option(
            names = {"-a", "--archive"},
            paramLabel = "tar|zip",
            description = "What a directory is written as. Default: tar.")
    private ArchiveType archive = ArchiveType.TAR;

    @Option(
            names = {"-t", "--target"},
            paramLabel = "FILE",
            description = "Write to this file instead of standard output; it is there when it is complete.")
    private @Nullable Path target;

    @Mixin
    private final SnapshotOptions options = new SnapshotOptions();

    @Override
    protected int run(Vault vault) throws Exception {
        SnapshotReference top = SnapshotReference.parse(snapshot);
        SnapshotReference choice = top.below(path);
        Snapshot chosen = options.choose(vault, choice);
        boolean directory = vault.contents()
                .entry(chosen.id(), choice.path())
                .map(entry -> entry.type() == NodeType.DIR)
                .orElse(true);
        if (directory && target == null && surroundings().isStdoutTerminal()) {
            throw Code.TARGET_REFUSED.because(
                    "Will not write the archive of %s to a terminal. Nothing was changed. Redirect it: holdfast vault dump … > FILE.tar"
                            .formatted(choice.path()));
        }
        String name = new SnapshotReference(top.name(), "/").at(path).path().substring(1);
        BinaryOutput.Writing writing = out -> {
            if (directory) {
                vault.contents().archive(List.of(new ArchivePart(chosen.id(), choice.path(), name)), archive, out);
            } else {
                vault.contents().dump(chosen.id(), choice.path(), out);
            }
        };
        if (target == null) {
            BinaryOutput.write(surroundings(), writing);
        } else {
            BinaryOutput.write(target, writing);
        }
        return ExitCodes.DONE;
    }

    @Override
    protected String whenInterrupted() {
        return "Interrupted. What was written is not complete. The repository is unharmed.";
    }
}
