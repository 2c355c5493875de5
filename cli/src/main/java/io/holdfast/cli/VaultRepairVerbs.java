package io.holdfast.cli;

import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "repair",
        description = {
            "Mend a damaged repository. First bring files back from another copy, if there is one; then, in this order:",
            "index, packs (those that index and check name), snapshots."
        })
final class VaultRepairVerbs extends VerbGroup {

    VaultRepairVerbs() {
        super(List.of(VaultRepairIndex.class, VaultRepairPacks.class, VaultRepairSnapshots.class));
    }
}
