package io.holdfast.cli.vault.maintenance;

import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast vault unlock}: dead locks, or all. */
@Command(name = "unlock", description = "Remove the locks that nobody can hold any more.")
public final class UnlockVerb extends RepositoryVerb {

    @Option(
            names = "--remove-all",
            description = "Remove those of working processes too, which are in danger from then on.")
    private boolean all;

    @Override
    protected int run(Vault vault) throws Exception {
        int removed =
                all ? vault.maintenance().unlockAll() : vault.maintenance().unlock();
        if (output().isJson()) {
            output().json(new Unlocked("unlocked", removed));
        } else {
            output().line("Removed " + Text.counted(removed, "lock"));
        }
        return ExitCodes.DONE;
    }

    private record Unlocked(String messageType, int removed) {}
}
