package io.holdfast.cli.repository;

import io.holdfast.cli.terminal.ProgressText;
import io.holdfast.cli.verb.Verb;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backends;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** A verb that works on one repository. */
public abstract class RepositoryVerb extends Verb {

    @Mixin
    private final RepositoryOptions options = new RepositoryOptions();

    @Override
    protected final int run() throws Exception {
        prepare();
        try (Vault vault = opened()) {
            return run(vault);
        }
    }

    /** Reads the rest of the command line: what is wrong with it is told before a password is asked for. */
    protected void prepare() throws Exception {}

    /** Does it on the open repository; returns the exit code. */
    protected abstract int run(Vault vault) throws Exception;

    protected final RepositoryOptions repository() {
        return options;
    }

    /** Shows that work goes on of which nothing more is known. */
    protected final AutoCloseable working(String what) {
        return output().progress(ProgressText.of(what)::line);
    }

    /** Opens the repository; init makes it instead. */
    protected Vault opened() throws IOException {
        return withBackend(
                (backend, password) -> Vault.open(backend, password, options.vault(surroundings())),
                options.password(surroundings(), false));
    }

    /** Opens or makes the repository that the options name, with the password of the source. */
    protected final Vault withBackend(Opening opening, PasswordSource source) throws IOException {
        return opening.on(
                Backends.open(options.place(surroundings()), surroundings()::environment, options.backend()), source);
    }
}
