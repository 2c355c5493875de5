package io.holdfast.vault;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.lock.Locks;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Backups whose reading and committing are apart: any number are {@link #read} one after another, each is a snapshot of
 * its own once it was {@link #commit committed}. For whoever must know that reading is over, or wants several read before
 * what holds them still is let go. Used by one thread.
 *
 * <p>It waits for its turn among all backups of this process, and reads the index and the list of snapshots, when it is
 * opened. What was read and is never committed leaves nothing visible.
 */
public final class Backups implements Closeable {

    private static final String DOING = "back up to";

    private final Repository repository;
    private final Guard guard;
    private final BackupSlots.Slot slot;
    private final HeldLock lock;
    private final BlobWriter writer;
    private final List<Snapshot> existing;
    private final Set<Draft> uncommitted = new HashSet<>();
    private volatile @Nullable Backup current;

    private Backups(
            Repository repository,
            Guard guard,
            BackupSlots.Slot slot,
            HeldLock lock,
            Compression.Level compression,
            boolean dryRun)
            throws IOException {
        this.repository = repository;
        this.guard = guard;
        this.slot = slot;
        this.lock = lock;
        existing = repository.snapshots().all();
        repository.index().refresh();
        writer = dryRun
                ? repository.countingWriter(compression)
                : repository.writer(compression, lock::verify, this::stored);
    }

    /** @param dryRun whether nothing is to be stored */
    static Backups open(Repository repository, Locks locks, Guard guard, Compression.Level compression, boolean dryRun)
            throws VaultException {
        return guard.run(DOING, () -> {
            BackupSlots.Slot slot = BackupSlots.acquire();
            try {
                HeldLock lock = locks.shared();
                try {
                    return new Backups(repository, guard, slot, lock, compression, dryRun);
                } catch (IOException | RuntimeException | Error e) {
                    lock.close();
                    throw e;
                }
            } catch (IOException | RuntimeException | Error e) {
                slot.close();
                throw e;
            }
        });
    }

    /**
     * Reads what the spec names; it is compressed as was asked for when this was opened. If that fails
     * because of what is read, what was read before can be committed all the same.
     */
    public Draft read(BackupSpec spec, Progress progress) throws VaultException {
        var backup = new Backup(repository, spec, progress);
        current = backup;
        return guard.run(DOING, () -> {
            lock.verify();
            Draft draft = backup.read(writer, existing);
            uncommitted.add(draft);
            return draft;
        });
    }

    /**
     * Makes it durable, asks its guard, and makes it visible. Once something could not be made durable, nothing can be
     * committed any more: what one backup reads, another may rest on. If it fails otherwise, it can be tried again.
     *
     * @param draft read here, and not committed yet: what another has read need not be durable, nor be there any more
     */
    public BackupResult commit(Draft draft) throws VaultException {
        if (!uncommitted.contains(draft)) {
            throw new IllegalArgumentException("the draft was not read here, or has been committed");
        }
        current = draft.backup();
        return guard.run(DOING, () -> {
            lock.verify();
            writer.flush();
            BackupResult result = draft.backup().commit(draft, lock);
            uncommitted.remove(draft);
            return result;
        });
    }

    private void stored(PackId pack) {
        Backup backup = current;
        if (backup != null) {
            backup.packStored(pack);
        }
    }

    @Override
    public void close() {
        uncommitted.clear();
        try (slot;
                lock) {
            writer.close();
        }
    }
}
