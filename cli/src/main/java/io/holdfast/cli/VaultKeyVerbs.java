package io.holdfast.cli;

import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "key",
        description = {
            "List, add, change and remove passwords.",
            "All open the same master key: who has once held it can read on, whatever is removed."
        })
final class VaultKeyVerbs extends VerbGroup {

    VaultKeyVerbs() {
        super(List.of(VaultKeyList.class, VaultKeyAdd.class, VaultKeyRemove.class, VaultKeyPasswd.class));
    }
}
