package io.holdfast.cli.vault.key;

import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.vault.Password;
import io.holdfast.vault.Vault;
import io.holdfast.vault.model.KeyId;
import io.holdfast.vault.repository.Self;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "add", description = "Add a password; those there are stay.")
final class KeyAddVerb extends RepositoryVerb {

    @Mixin
    private final NewPasswordOptions options = new NewPasswordOptions();

    @Option(names = "--user", paramLabel = "NAME", description = "For whom it is. Default: this user.")
    private @Nullable String user;

    @Option(names = "--host", paramLabel = "HOST", description = "Where it is used. Default: this host.")
    private @Nullable String host;

    @Override
    protected int run(Vault vault) throws Exception {
        try (Password password = options.source(surroundings()).password()) {
            KeyId added = vault.keys()
                    .add(
                            password,
                            Objects.requireNonNullElse(user, Self.USERNAME),
                            Objects.requireNonNullElse(host, Self.HOSTNAME));
            SavedKey.tell(added, output());
        }
        return ExitCodes.DONE;
    }
}
