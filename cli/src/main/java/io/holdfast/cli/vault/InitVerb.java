package io.holdfast.cli.vault;

import io.holdfast.cli.repository.PasswordSource;
import io.holdfast.cli.repository.RecoverySheet;
import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.vault.Vault;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "init", description = "Make a repository, and print its recovery sheet.")
final class InitVerb extends RepositoryVerb {

    @Mixin
    private final FromOptions from = new FromOptions();

    @Option(
            names = "--copy-chunker-params",
            description =
                    "Cut files where the repository of --from-repo does, so that copies between them share what is equal.")
    private boolean copyChunkerParams;

    @Override
    protected void prepare() {
        if (from.isGiven() && !copyChunkerParams) {
            throw usage("--from-repo is of use only with --copy-chunker-params.");
        }
    }

    @Override
    protected Vault opened() throws IOException {
        PasswordSource source = repository().password(surroundings(), true);
        if (!copyChunkerParams) {
            return withBackend(Vault::init, source);
        }
        try (Vault like = from.open(surroundings())) {
            return withBackend((backend, password) -> Vault.initLike(like, backend, password), source);
        }
    }

    @Override
    protected int run(Vault vault) {
        RecoverySheet sheet = RecoverySheet.of(vault.location(), repository().password(surroundings(), false));
        if (output().isJson()) {
            output().json(new Made("initialized", vault.id().toString(), vault.location(), sheet));
        } else {
            output().line("Made repository %s at %s."
                    .formatted(vault.id().toString().substring(0, 10), vault.location()));
            output().line("");
            sheet.lines().forEach(output()::line);
        }
        return ExitCodes.DONE;
    }

    private record Made(String messageType, String id, String repository, RecoverySheet recoverySheet) {}
}
