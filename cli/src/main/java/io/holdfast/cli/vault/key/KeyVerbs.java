package io.holdfast.cli.vault.key;

import io.holdfast.cli.verb.VerbGroup;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code holdfast vault key}. */
@Command(
        name = "key",
        description = {
            "List, add, change and remove passwords.",
            "All open the same master key: who has once held it can read on, whatever is removed."
        })
public final class KeyVerbs extends VerbGroup {

    KeyVerbs() {
        super(List.of(KeyListVerb.class, KeyAddVerb.class, KeyRemoveVerb.class, KeyPasswdVerb.class));
    }
}
