package io.holdfast.vault;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.lock.LockSettings;
import io.holdfast.vault.repository.Repository;
import java.io.IOException;
import java.time.Duration;

/**
 * Opens a repository again and again, in whatever place it lies, without deriving its key each time. None of the vaults
 * is to be closed: that erases the key of all.
 */
record Vaults(Opening.Opened known) {

    static final LockSettings AT_ONCE = LockSettings.standard().withSettle(Duration.ZERO);

    static Vaults of(Backend backend, Password password) throws IOException {
        return new Vaults(Opening.open(backend, password, VaultOptions.DEFAULT));
    }

    Vault at(Backend place) {
        return at(place, AT_ONCE);
    }

    Vault at(Backend place, LockSettings locks) {
        return new Vault(new Opening.Opened(repository(place), known.key()), locks);
    }

    Repository repository(Backend place) {
        return Repository.of(place, known.repository().key(), known.repository().config());
    }
}
