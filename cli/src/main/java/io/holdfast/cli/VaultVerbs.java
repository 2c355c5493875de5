package io.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "vault",
        description = {
            "Work on a repository directly, with nothing running.",
            "Names, options and exit codes are restic's, and so is the format: either program reads what the other wrote."
        },
        subcommands = {
            VaultInit.class,
            VaultBackup.class,
            VaultSnapshots.class,
            VaultLs.class,
            VaultFind.class,
            VaultDiff.class,
            VaultStats.class,
            VaultRestore.class,
            VaultDump.class,
            VaultCheck.class,
            VaultCopy.class,
            VaultForget.class,
            VaultPrune.class,
            VaultTag.class,
            VaultUnlock.class,
            VaultTrain.class
        })
final class VaultVerbs implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
