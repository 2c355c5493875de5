package io.holdfast.cli.vault.key;

import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.vault.Password;
import io.holdfast.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "passwd", description = "Change the password in use; other passwords stay.")
final class KeyPasswdVerb extends RepositoryVerb {

    @Mixin
    private final NewPasswordOptions options = new NewPasswordOptions();

    @Override
    protected int run(Vault vault) throws Exception {
        try (Password password = options.source(surroundings()).password()) {
            SavedKey.tell(vault.keys().changePassword(password), output());
        }
        return ExitCodes.DONE;
    }

    @Override
    protected String whenInterrupted() {
        return "Interrupted. Either password may open the repository, or both: 'holdfast vault key list' shows them.";
    }
}
