package io.holdfast.cli;

import picocli.CommandLine.Command;

@Command(
        name = "key",
        description = {
            "List, add, change and remove passwords.",
            "All open the same master key: who has once held it can read on, whatever is removed."
        },
        subcommands = {VaultKeyList.class, VaultKeyAdd.class, VaultKeyRemove.class, VaultKeyPasswd.class})
final class VaultKeyVerbs extends VerbGroup {}
