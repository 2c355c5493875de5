package io.holdfast.vault;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.Shelf;
import io.holdfast.vault.backup.BackupOption;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.check.Check;
import io.holdfast.vault.check.CheckReport;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.check.Verification;
import io.holdfast.vault.check.Verified;
import io.holdfast.vault.chunk.Polynomial;
import io.holdfast.vault.copy.Copy;
import io.holdfast.vault.copy.CopyReport;
import io.holdfast.vault.copy.CopySpec;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.feedback.Watch;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.lock.LockSettings;
import io.holdfast.vault.lock.Locks;
import io.holdfast.vault.lock.Pace;
import io.holdfast.vault.lock.Standing;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.RepositoryId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.replica.Replicas;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.repository.Self;
import io.holdfast.vault.restore.Restore;
import io.holdfast.vault.restore.RestoreResult;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * A repository in the restic format, version 2, opened with its password.
 *
 * <p>A vault may be used by several threads. Backups run side by side, as many as the heap has room for: each begins by
 * reading the index anew and rests only on its own packs and on those that a durable index names, never on what another
 * has under way, so no snapshot can become visible before everything it needs is durable. Other processes, restic among
 * them, may work on the same repository; the lock files keep them apart where they must be.
 *
 * <p>Every failure is a {@link VaultException} with a stable code. Whatever fails or is cut off, at any point: every
 * snapshot that was visible stays complete, and no incomplete one becomes visible.
 */
public final class Vault implements Closeable {

    /** How snapshots call the program that took them. */
    public static final String PROGRAM = Self.PROGRAM;

    private final Repository repository;
    private final Locks locks;
    private final Guard guard;
    private final Keys keys;
    private final Contents contents;
    private final Maintenance maintenance;
    private final Copies copies;
    private final Replicas replicas;
    private final Pace pace;

    Vault(Opening.Opened opened, LockSettings lockSettings) {
        repository = opened.repository();
        locks = new Locks(repository.backend(), repository.files(), lockSettings);
        guard = new Guard(repository.backend());
        keys = new Keys(repository, locks, guard, opened.key());
        contents = new Contents(repository, locks, guard);
        maintenance = new Maintenance(repository, locks, lockSettings.pace(), guard);
        replicas = new Replicas(repository, locks, lockSettings);
        copies = new Copies(repository, guard, replicas);
        pace = lockSettings.pace();
    }

    /** Makes a repository. Refuses if a config, any key or any snapshot is there already. The vault owns the backend. */
    public static Vault init(Backend backend, Password password) throws VaultException {
        return init(backend, password, Polynomial.random(), LockSettings.standard());
    }

    /**
     * Makes a repository that cuts files where another one does, so that copies between the two share what is equal.
     * Otherwise as {@link #init(Backend, Password)}.
     */
    public static Vault initLike(Vault other, Backend backend, Password password) throws VaultException {
        return init(backend, password, other.repository.config().polynomial(), LockSettings.standard());
    }

    /** Opens a repository. Its index is read when it is needed. The vault owns the backend once this has returned. */
    public static Vault open(Backend backend, Password password) throws VaultException {
        return open(backend, password, VaultOptions.DEFAULT);
    }

    public static Vault open(Backend backend, Password password, VaultOptions options) throws VaultException {
        LockSettings locks =
                LockSettings.standard().withRetry(options.retryLock()).withLockless(options.lockless());
        return open(backend, password, options, locks);
    }

    static Vault init(Backend backend, Password password, Duration settle) throws VaultException {
        return init(
                backend, password, Polynomial.random(), LockSettings.standard().withSettle(settle));
    }

    static Vault open(Backend backend, Password password, Duration settle) throws VaultException {
        return open(
                backend, password, VaultOptions.DEFAULT, LockSettings.standard().withSettle(settle));
    }

    private static Vault init(Backend backend, Password password, Polynomial polynomial, LockSettings locks)
            throws VaultException {
        return new Guard(backend)
                .run("make a repository at", () -> new Vault(Opening.init(backend, password, polynomial), locks));
    }

    static Vault open(Backend backend, Password password, VaultOptions options, LockSettings locks)
            throws VaultException {
        return new Guard(backend)
                .run("open the repository at", () -> new Vault(Opening.open(backend, password, options), locks));
    }

    /** The passwords that open this repository. */
    public Keys keys() {
        return keys;
    }

    /** The copies of this repository at other places. */
    public Copies copies() {
        return copies;
    }

    /** The archives of this repository at a place, each for a period. */
    public Archives archives(Shelf shelf) {
        return new Archives(repository, guard, replicas, pace, shelf);
    }

    /** What the snapshots hold. */
    public Contents contents() {
        return contents;
    }

    /** What keeps this repository in order. */
    public Maintenance maintenance() {
        return maintenance;
    }

    /** The parts of this repository as they are. */
    public Cat cat() {
        return new Cat(repository, guard);
    }

    public RepositoryId id() {
        return repository.config().id();
    }

    /** Where it is, as an operator would type it; never with a secret. */
    public String location() {
        return repository.backend().location();
    }

    /** Reads what other processes have added or removed since. */
    public void refresh() throws VaultException {
        guard.run("read the index of", () -> repository.index().refresh());
    }

    /** Every snapshot, newest first. An unreadable snapshot file is an exception that names it, never left out. */
    public List<Snapshot> snapshots() throws VaultException {
        return guard.run("list the snapshots of", () -> repository.snapshots().all());
    }

    /** The snapshot that an operator means, of those that the filter lets {@code latest} mean. */
    public Snapshot snapshot(SnapshotReference reference, Predicate<Snapshot> filter) throws VaultException {
        return reference.among(snapshots(), filter, location());
    }

    /**
     * Backs up what the spec names. A file that cannot be read becomes a problem of the result, one that vanishes or
     * changes while it is read a change, and the snapshot is stored without it or as read; a missing root ends it before
     * anything is stored.
     */
    public BackupResult backup(BackupSpec spec, Progress progress) throws VaultException {
        try (Backups backups = backups(spec.compression(), spec.has(BackupOption.DRY_RUN))) {
            return backups.commit(backups.read(spec, progress));
        }
    }

    /** Backups of which several are read before the first is committed. */
    public Backups backups() throws VaultException {
        return backups(Compression.Level.AUTO, false);
    }

    private Backups backups(Compression.Level compression, boolean dryRun) throws VaultException {
        return Backups.open(repository, locks, guard, compression, dryRun);
    }

    /**
     * Brings a subtree back. What is damaged is never restored: the file keeps its old state and is a problem of the result,
     * and the rest goes on.
     */
    public RestoreResult restore(SnapshotId id, RestoreSpec spec, Progress progress) throws VaultException {
        return guard.run("restore to %s from".formatted(spec.target()), () -> {
            try (HeldLock _ = locks.reading()) {
                BlobId tree = contents.tree(id);
                return new Restore(repository, spec, progress).run(tree, Contents.path(spec.path()));
            }
        });
    }

    /**
     * Brings snapshots into another vault, which has another key: everything is read and hashed here, sealed anew, and cut
     * as it was, so the two share what is equal only if the other was made by {@link #initLike}. As with restic's
     * {@code copy}, a snapshot that the other has already, by its first version and what it says, is not copied again.
     * Damage here concerns only the snapshots that need it: they are in the report and the rest goes on. Cut off anywhere,
     * the other vault is valid, and another call goes on.
     */
    public CopyReport copy(Vault other, CopySpec spec, Watch watch) throws VaultException {
        return guard.run("copy to %s from".formatted(other.location()), () -> {
            try (HeldLock own = locks.shared();
                    HeldLock theirs = other.locks.shared()) {
                List<Snapshot> there = other.snapshots();
                other.refresh();
                Standing standing = new Standing(own, theirs);
                return new Copy(repository, other.repository, standing, spec, watch).run(there);
            }
        });
    }

    /** Checks the whole repository. Damage is in the report; only a check that could not be made is an exception. */
    public CheckReport check(CheckSpec spec) throws VaultException {
        return check(spec, Watch.NONE);
    }

    /** The same, watched. */
    public CheckReport check(CheckSpec spec, Watch watch) throws VaultException {
        return guard.run("check", () -> {
            if (spec.noLock()) {
                return new Check(repository.uncached(), watch).run(spec);
            }
            try (HeldLock _ = locks.exclusive()) {
                return new Check(repository.uncached(), watch).run(spec);
            }
        });
    }

    /** Reads back every blob that a snapshot needs, from where it lies, and hashes it and its pack. */
    public Verified verify(SnapshotId id) throws VaultException {
        return guard.run("verify a snapshot of", () -> {
            try (HeldLock _ = locks.reading()) {
                contents.tree(id);
                Repository place = repository.uncached();
                place.index().refresh();
                return new Verification(place).run(id);
            }
        });
    }

    /** Removes the locks left by processes of this host and user that have died; gives their number. */
    public int clearDeadLocks() throws VaultException {
        return guard.run("clear dead locks of", locks::clearDead);
    }

    /** Forgets the key and closes the backend. */
    @Override
    public void close() throws VaultException {
        repository.key().erase();
        guard.run("close", () -> {
            repository.backend().close();
            return true;
        });
    }
}
