package io.holdfast.cli.vault.key;

import io.holdfast.cli.repository.IdPrefix;
import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.vault.Keys;
import io.holdfast.vault.Vault;
import io.holdfast.vault.model.KeyId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "remove", description = "Remove a password, but never the one in use.")
final class KeyRemoveVerb extends RepositoryVerb {

    @Parameters(paramLabel = "ID", description = "The key's id, or how it begins.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Override
    protected int run(Vault vault) throws Exception {
        String chosen = IdPrefix.choose(
                id,
                "key",
                vault.keys().list().stream()
                        .map(Keys.Key::id)
                        .map(KeyId::toString)
                        .toList());
        vault.keys().remove(KeyId.parse(chosen));
        if (output().isJson()) {
            output().json(new Removed("key_removed", chosen));
        } else {
            output().line("removed key " + chosen);
        }
        return ExitCodes.DONE;
    }

    private record Removed(String messageType, String id) {}
}
