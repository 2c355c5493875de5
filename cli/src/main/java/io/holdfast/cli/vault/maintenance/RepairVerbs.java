package io.holdfast.cli.vault.maintenance;

import io.holdfast.cli.verb.VerbGroup;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code holdfast vault repair}, in the order in which it is done. */
@Command(
        name = "repair",
        description = {
            "Mend a damaged repository. First bring files back from another copy, if there is one; then, in this order:",
            "index, packs (those that index and check name), snapshots."
        })
public final class RepairVerbs extends VerbGroup {

    RepairVerbs() {
        super(List.of(RepairIndexVerb.class, RepairPacksVerb.class, RepairSnapshotsVerb.class));
    }
}
