package io.holdfast.vault.backup;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.lock.Locks;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Backups that have one share of memory, one lock, one index and one writer: any number are {@link #read} one after another,
 * each is a snapshot of its own once it was {@link #commit committed}.
 */
public final class BackupSession implements Closeable {

    private final Repository repository;
    private final BackupMemory.Taken memory;
    private final HeldLock lock;
    private final BlobWriter writer;
    private final List<Snapshot> existing;
    private final Set<Draft> uncommitted = new HashSet<>();
    private volatile @Nullable Backup current;

    private BackupSession(
            Repository repository,
            BackupMemory.Taken memory,
            HeldLock lock,
            List<Snapshot> existing,
            Compression.Level compression,
            boolean dryRun) {
        this.repository = repository;
        this.memory = memory;
        this.lock = lock;
        this.existing = existing;
        writer = dryRun
                ? repository.countingWriter(compression)
                : repository.writer(compression, memory.share().packsStored(), lock::verify, this::stored);
    }

    /** @param dryRun whether nothing is to be stored */
    public static BackupSession open(Repository repository, Locks locks, Compression.Level compression, boolean dryRun)
            throws IOException {
        return open(BackupMemory.PROCESS, repository, locks, compression, dryRun);
    }

    static BackupSession open(
            BackupMemory shared, Repository repository, Locks locks, Compression.Level compression, boolean dryRun)
            throws IOException {
        BackupMemory.Taken memory = shared.take();
        try {
            List<Snapshot> existing = new ArrayList<>();
            HeldLock lock = locks.shared(() -> {
                existing.clear();
                existing.addAll(repository.snapshots().all());
                repository.index().refresh();
            });
            try {
                return new BackupSession(repository, memory, lock, existing, compression, dryRun);
            } catch (RuntimeException | Error e) {
                lock.close();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    /** If that fails because of what is read, what was read before can be committed all the same. */
    public Draft read(BackupSpec spec, Progress progress) throws IOException {
        var backup = new Backup(repository, spec, progress);
        current = backup;
        lock.verify();
        Draft draft = backup.read(writer, existing, memory.share());
        uncommitted.add(draft);
        return draft;
    }

    /** Makes it durable, asks its guard, and makes it visible. */
    public BackupResult commit(Draft draft) throws IOException {
        if (!uncommitted.contains(draft)) {
            throw new IllegalArgumentException("the draft was not read here, or has been committed");
        }
        current = draft.backup();
        lock.verify();
        writer.flush();
        BackupResult result = draft.backup().commit(draft, lock);
        uncommitted.remove(draft);
        return result;
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
        try (memory;
                lock) {
            writer.close();
        }
    }
}
