package io.holdfast.cli;

import io.holdfast.vault.Entry;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.NodeType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "dump", description = "Write a file of a snapshot to standard output; a directory is written as tar.")
final class VaultDump extends VaultVerb {

    private static final int BUFFER = 1 << 16;

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "'latest', or an id or how it begins.")
    @SuppressWarnings("NullAway.Init")
    private String snapshot;

    @Parameters(index = "1", paramLabel = "PATH", description = "The file or directory, as ls shows it.")
    @SuppressWarnings("NullAway.Init")
    private String path;

    @Mixin
    private final SnapshotOptions options = new SnapshotOptions();

    @Override
    int run(Vault vault) throws Exception {
        SnapshotChoice choice = SnapshotChoice.parse(snapshot).at(path);
        Snapshot chosen = choice.find(vault, options);
        Entry entry = choice.entry(vault, chosen);
        boolean directory = entry == null || entry.type() == NodeType.DIR;
        if (directory && surroundings().isStdoutTerminal()) {
            throw Code.TARGET_REFUSED.because(
                    "Will not write the archive of %s to a terminal. Nothing was changed. Redirect it: holdfast vault dump … > FILE.tar"
                            .formatted(choice.path()));
        }
        ReaderWatch watch = new ReaderWatch(surroundings().stdout());
        try {
            BufferedOutputStream buffered = new BufferedOutputStream(watch, BUFFER);
            if (directory) {
                vault.tar(chosen.id(), choice.path(), buffered);
            } else {
                vault.dump(chosen.id(), choice.path(), buffered);
            }
            buffered.flush();
        } catch (VaultException e) {
            throw watch.isBroken() ? watch.broken().causedBy(e) : e;
        } catch (IOException e) {
            throw watch.broken().causedBy(e);
        }
        return ExitCodes.DONE;
    }

    @Override
    String whenInterrupted() {
        return "Interrupted. What was written to standard output is not complete. The repository is unharmed.";
    }
}
