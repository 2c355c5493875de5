package io.holdfast.vault;

import io.holdfast.vault.backend.Backend;
import java.io.IOException;

/** Turns what goes wrong at a place into {@link VaultException}. */
record Guard(Backend place) {

    interface Action<T> {
        T run() throws IOException;
    }

    /** @param doing what is being done, to be followed by the place: {@code back up to} */
    <T> T run(String doing, Action<T> action) throws VaultException {
        try {
            return action.run();
        } catch (IOException e) {
            throw VaultException.of(doing, place.location(), e);
        }
    }
}
