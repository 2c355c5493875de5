package io.holdfast.vault;

import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSession;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Draft;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.lock.Locks;
import io.holdfast.vault.repository.Repository;
import java.io.Closeable;

/**
 * Backups whose reading and committing are apart: any number are {@link #read} one after another, each is a snapshot of
 * its own once it was {@link #commit committed}. For whoever must know that reading is over, or wants several read before
 * what holds them still is let go. Used by one thread.
 *
 * <p>It takes its share of the memory of this process's backups, and reads the index and the list of snapshots, when it is
 * opened. It waits for others only while there is no room even for a small share. What was read and is never committed
 * leaves nothing visible.
 */
public final class Backups implements Closeable {

    private static final String DOING = "back up to";

    private final Guard guard;
    private final BackupSession session;

    private Backups(Guard guard, BackupSession session) {
        this.guard = guard;
        this.session = session;
    }

    /** @param dryRun whether nothing is to be stored */
    static Backups open(Repository repository, Locks locks, Guard guard, Compression.Level compression, boolean dryRun)
            throws VaultException {
        return new Backups(guard, guard.run(DOING, () -> BackupSession.open(repository, locks, compression, dryRun)));
    }

    /**
     * Reads what the spec names; it is compressed as was asked for when this was opened. If that fails
     * because of what is read, what was read before can be committed all the same.
     */
    public Draft read(BackupSpec spec, Progress progress) throws VaultException {
        return guard.run(DOING, () -> session.read(spec, progress));
    }

    /**
     * Makes it durable, asks its guard, and makes it visible. Once something could not be made durable, nothing can be
     * committed any more: what one backup reads, another may rest on. If it fails otherwise, it can be tried again.
     *
     * @param draft read here, and not committed yet: what another has read need not be durable, nor be there any more
     */
    public BackupResult commit(Draft draft) throws VaultException {
        return guard.run(DOING, () -> session.commit(draft));
    }

    @Override
    public void close() {
        session.close();
    }
}
