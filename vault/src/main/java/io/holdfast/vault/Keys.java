package io.holdfast.vault;

import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.lock.Locks;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.KeyId;
import io.holdfast.vault.repository.KeyRing;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.repository.Self;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The passwords of a repository. All open the same master key, so a removed password shuts out only whoever never opened
 * the repository with it: who has once held the master key can read on. Only a new repository has a new one.
 */
public final class Keys {

    /** One key file. */
    public sealed interface Key {

        KeyId id();

        /**
         * A file that some password opens.
         *
         * @param current whether this vault was opened with it
         */
        record Usable(KeyId id, Instant created, String username, String hostname, boolean current) implements Key {}

        /** A file that no password opens any more. */
        record Damaged(KeyId id, String what) implements Key {}
    }

    private final Repository repository;
    private final Locks locks;
    private final Guard guard;
    private final KeyRing ring;
    private volatile KeyId current;

    Keys(Repository repository, Locks locks, Guard guard, KeyId current) {
        this.repository = repository;
        this.locks = locks;
        this.guard = guard;
        this.current = current;
        ring = new KeyRing(repository.backend());
    }

    /** Every key file, by id. */
    public List<Key> list() throws VaultException {
        return guard.run("list the keys of", () -> {
            List<Key> keys = new ArrayList<>();
            for (KeyId id : ring.ids()) {
                keys.add(describe(id));
            }
            return keys;
        });
    }

    /** Adds a password, for this user and host. */
    public KeyId add(Password password) throws VaultException {
        return add(password, Self.USERNAME, Self.HOSTNAME);
    }

    /**
     * Adds a password.
     *
     * @param username for whom it is; only told when keys are listed
     * @param hostname where it is used; only told when keys are listed
     */
    public KeyId add(Password password, String username, String hostname) throws VaultException {
        return guard.run("add a key to", () -> {
            try (HeldLock _ = locks.shared()) {
                return password.with(secret -> ring.add(repository.key(), secret, username, hostname));
            }
        });
    }

    /** Removes a password, but never the one in use, and never when that could not open the repository again. */
    public void remove(KeyId id) throws VaultException {
        guard.run("remove a key of", () -> {
            try (HeldLock lock = locks.exclusive()) {
                if (id.equals(current)) {
                    throw refusal(
                            id,
                            "this vault was opened with it",
                            "Open it with another password, then remove this one.");
                }
                if (!ring.ids().contains(id)) {
                    throw refusal(id, "there is none with this id", "List the keys to see which exist.");
                }
                if (!(describe(current) instanceof Key.Usable)) {
                    throw refusal(
                            id,
                            "key %s, with which this vault was opened, is gone or damaged, so no other may open it"
                                    .formatted(current.shortForm()),
                            "Add a password first.");
                }
                lock.verify();
                ring.remove(id);
                return true;
            }
        });
    }

    /** Replaces the password in use: the new one is stored and proved before the old one goes. */
    public KeyId changePassword(Password password) throws VaultException {
        return guard.run("change the password of", () -> {
            try (HeldLock lock = locks.exclusive()) {
                KeyId old = current;
                KeyId added = password.with(secret -> ring.add(repository.key(), secret, Self.USERNAME, Self.HOSTNAME));
                current = added;
                lock.verify();
                ring.remove(old);
                return added;
            }
        });
    }

    private Key describe(KeyId id) throws IOException {
        try {
            KeyFile.Label label = KeyFile.label(ring.load(id));
            return new Key.Usable(id, label.created(), label.username(), label.hostname(), id.equals(current));
        } catch (DamagedException e) {
            return new Key.Damaged(id, Problem.reason(e));
        }
    }

    private VaultException refusal(KeyId id, String why, String remedy) {
        return new VaultException(
                VaultException.Code.REFUSED,
                "Cannot remove key %s of %s: %s. Nothing was changed. %s"
                        .formatted(id.shortForm(), repository.backend().location(), why, remedy));
    }
}
