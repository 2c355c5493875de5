package io.holdfast.cli;

import picocli.CommandLine.Command;

@Command(
        name = "repair",
        description = {
            "Mend a damaged repository. First bring files back from another copy, if there is one; then, in this order:",
            "index, packs (those that index and check name), snapshots."
        },
        subcommands = {VaultRepairIndex.class, VaultRepairPacks.class, VaultRepairSnapshots.class})
final class VaultRepairVerbs extends VerbGroup {}
