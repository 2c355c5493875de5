package io.holdfast.cli.vault;

import io.holdfast.cli.vault.files.BackupVerb;
import io.holdfast.cli.vault.files.RestoreVerb;
import io.holdfast.cli.vault.key.KeyVerbs;
import io.holdfast.cli.vault.maintenance.ForgetVerb;
import io.holdfast.cli.vault.maintenance.PruneVerb;
import io.holdfast.cli.vault.maintenance.RepairVerbs;
import io.holdfast.cli.vault.maintenance.UnlockVerb;
import io.holdfast.cli.verb.VerbGroup;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code holdfast vault}, with all that works on a repository by itself. */
@Command(
        name = "vault",
        description = {
            "Work on a repository directly, with nothing running.",
            "Names, options and exit codes are restic's, and so is the format: either program reads what the other wrote."
        })
public final class VaultVerbs extends VerbGroup {

    VaultVerbs() {
        super(List.of(
                InitVerb.class,
                BackupVerb.class,
                SnapshotsVerb.class,
                LsVerb.class,
                FindVerb.class,
                DiffVerb.class,
                StatsVerb.class,
                RestoreVerb.class,
                DumpVerb.class,
                CheckVerb.class,
                CopyVerb.class,
                ForgetVerb.class,
                PruneVerb.class,
                TagVerb.class,
                KeyVerbs.class,
                RepairVerbs.class,
                ListVerb.class,
                CatVerb.class,
                UnlockVerb.class,
                CacheVerb.class,
                VersionVerb.class));
    }
}
