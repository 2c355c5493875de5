package io.holdfast.vault;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.lock.LockOwner;
import io.holdfast.vault.lock.LockSettings;
import io.holdfast.vault.lock.Pace;
import io.holdfast.vault.lock.ProcessTable;
import java.time.Duration;
import java.time.Instant;

/** Vaults that wait for no lock to settle, nor for an unreadable one to become readable. */
final class Impatient {

    private static final Pace NEVER_WAITING = new Pace() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) {}
    };

    private static final LockSettings LOCKS =
            new LockSettings(LockOwner.self(), ProcessTable.SYSTEM, NEVER_WAITING, Duration.ZERO, Duration.ZERO, false);

    private Impatient() {}

    static Vault open(Backend backend, Password password) throws VaultException {
        return open(backend, password, VaultOptions.DEFAULT);
    }

    static Vault open(Backend backend, Password password, VaultOptions options) throws VaultException {
        return Vault.open(backend, password, options, LOCKS);
    }
}
