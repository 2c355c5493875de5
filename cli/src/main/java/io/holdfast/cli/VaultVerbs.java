package io.holdfast.cli;

import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "vault",
        description = {
            "Work on a repository directly, with nothing running.",
            "Names, options and exit codes are restic's, and so is the format: either program reads what the other wrote."
        })
final class VaultVerbs extends VerbGroup {

    VaultVerbs() {
        super(List.of(
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
                VaultKeyVerbs.class,
                VaultRepairVerbs.class,
                VaultList.class,
                VaultCat.class,
                VaultUnlock.class,
                VaultCache.class,
                VaultVersion.class,
                VaultTrain.class));
    }
}
