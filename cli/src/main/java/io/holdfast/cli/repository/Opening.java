package io.holdfast.cli.repository;

import io.holdfast.vault.Password;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import java.io.IOException;

/** How a repository is opened or made. */
public interface Opening {

    /** Does it; what is returned closes the backend, and has no more need of the password. */
    Vault with(Backend backend, Password password) throws IOException;

    /** Does it with the password of the source; the backend is closed if that fails. */
    default Vault on(Backend backend, PasswordSource source) throws IOException {
        try (Password password = source.password()) {
            return with(backend, password);
        } catch (IOException | RuntimeException e) {
            backend.close();
            throw e;
        }
    }
}
