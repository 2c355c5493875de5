package io.holdfast.cli.vault.key;

import io.holdfast.cli.repository.PasswordSource;
import io.holdfast.cli.verb.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A password that is to open a repository from now on. */
final class NewPasswordOptions {

    @Option(
            names = "--new-password-file",
            paramLabel = "FILE",
            description = "The file that holds the new password. Default: it is asked for, twice.")
    private @Nullable String file;

    PasswordSource source(Surroundings surroundings) {
        return file == null ? PasswordSource.Asked.anew(surroundings) : new PasswordSource.InFile(file);
    }
}
