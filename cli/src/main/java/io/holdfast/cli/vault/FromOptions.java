package io.holdfast.cli.vault;

import io.holdfast.cli.repository.Opening;
import io.holdfast.cli.repository.PasswordSource;
import io.holdfast.cli.repository.RepositoryOptions;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.verb.Surroundings;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultOptions;
import io.holdfast.vault.backend.Backends;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A second repository, which is read. */
final class FromOptions {

    @Option(
            names = "--from-repo",
            paramLabel = "PLACE",
            description = "The other repository. Default: HOLDFAST_FROM_REPOSITORY, RESTIC_FROM_REPOSITORY.")
    private @Nullable String repository;

    @Option(
            names = "--from-password-file",
            paramLabel = "FILE",
            description = {
                "The file that holds its password.",
                "Default: HOLDFAST_FROM_PASSWORD, HOLDFAST_FROM_PASSWORD_FILE, and restic's; else it is asked for."
            })
    private @Nullable String passwordFile;

    @Option(
            names = "--from-repository-file",
            paramLabel = "FILE",
            description = "The file that says where. Default: RESTIC_FROM_REPOSITORY_FILE.")
    private @Nullable String repositoryFile;

    @Option(
            names = "--from-password-command",
            paramLabel = "COMMAND",
            description = "The command that prints its password. Default: RESTIC_FROM_PASSWORD_COMMAND.")
    private @Nullable String passwordCommand;

    @Option(
            names = "--from-key-hint",
            paramLabel = "ID",
            description = "The key of it to try first. Default: RESTIC_FROM_KEY_HINT.")
    private @Nullable String keyHint;

    /** Whether the command line names it. */
    boolean isGiven() {
        return repository != null || repositoryFile != null;
    }

    /** Opens it; the caller closes it. */
    Vault open(Surroundings process) throws IOException {
        Surroundings surroundings = new FromSurroundings(process);
        VaultOptions options = Optional.ofNullable(keyHint)
                .or(() -> Optional.ofNullable(surroundings.environment("RESTIC_KEY_HINT")))
                .map(VaultOptions.DEFAULT::withKeyHint)
                .orElse(VaultOptions.DEFAULT);
        Opening opening = (backend, password) -> Vault.open(backend, password, options);
        return opening.on(
                Backends.open(place(surroundings), process::environment),
                PasswordSource.of(passwordFile, passwordCommand, surroundings, false));
    }

    private String place(Surroundings surroundings) {
        return RepositoryOptions.place(repository, repositoryFile, surroundings)
                .orElseThrow(
                        () -> Code.WHICH_REPOSITORY.because(
                                "No repository to copy from was named. Nothing was changed. Use --from-repo DIR or --from-repo s3:…, or set HOLDFAST_FROM_REPOSITORY."));
    }
}
