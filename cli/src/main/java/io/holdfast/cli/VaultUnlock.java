package io.holdfast.cli;

import io.holdfast.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "unlock", description = "Remove the locks that nobody can hold any more.")
final class VaultUnlock extends VaultVerb {

    @Option(
            names = "--remove-all",
            description = "Remove those of working processes too, which are in danger from then on.")
    private boolean all;

    @Override
    int run(Vault vault) throws Exception {
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
