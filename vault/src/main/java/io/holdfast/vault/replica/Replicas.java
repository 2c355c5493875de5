package io.holdfast.vault.replica;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.ProvingBackend;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.lock.LockSettings;
import io.holdfast.vault.lock.Locks;
import io.holdfast.vault.lock.Standing;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFiles;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a repository does about its copies. */
public final class Replicas {

    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);

    /**
     * What the packs take that are on their way to or from one copy: at most a sixteenth of the heap, for each is held
     * several times, by those that send it too, and there are several copies.
     */
    static final int MEMORY_IN_MIB = Math.clamp(Runtime.getRuntime().maxMemory() >> 24, 1, 64);

    private final Repository repository;
    private final Locks locks;
    private final LockSettings lockSettings;
    private final CopiedSnapshots copied;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    /**
     * A copy as it was when a replication ended. While its listing has not changed, the snapshots that were complete are.
     *
     * @param listing the fingerprint of its index files and packs
     */
    private record Seen(Digest listing, Set<SnapshotId> complete) {}

    public Replicas(Repository repository, Locks locks, LockSettings lockSettings) {
        this.repository = repository;
        this.locks = locks;
        this.lockSettings = lockSettings;
        copied = new CopiedSnapshots(repository);
    }

    /** Makes an empty place a repository of the same identity, with the same keys and no snapshots. */
    public void found(Backend target) throws IOException {
        new ReplicaIdentity(repository, ProvingBackend.over(target)).establish();
    }

    /** Brings a copy to hold the wanted snapshots of this repository. */
    public ReplicationReport replicate(Backend place, ReplicationSpec spec, ReplicationListener listener)
            throws IOException {
        Backend target = ProvingBackend.over(place);
        new ReplicaIdentity(repository, target).establish();
        try (HeldLock own = locks.shared();
                HeldLock theirs = locksOf(target).shared()) {
            SourceSnapshots wanted = SourceSnapshots.of(repository, spec.wanted());
            Set<Handle> present = snapshotsIn(target);
            Listing listing = Listing.of(target);
            Set<SnapshotId> known = known(target, listing);
            Replica replica = new Replica(target, repository, listing, Set.of());
            if (!isUpToDate(wanted, present, known)) {
                repository.index().refresh();
                replica.readIndex();
            }
            Standing standing = new Standing(own, theirs);
            Transfer transfer = new Transfer(repository, replica, standing, listener, spec.transfers());
            ReplicationReport report =
                    new Replication(repository, replica, transfer, standing, listener).run(wanted, present, known);
            remember(target, listing, report);
            return report;
        }
    }

    /** What snapshots a copy holds, as far as they can be read. */
    public List<Snapshot> snapshots(Backend copy) throws IOException {
        return copied.at(copy);
    }

    /** Audits a copy, or this repository itself at its own place. */
    public AuditReport audit(Backend copy, AuditSpec spec) throws IOException {
        new ReplicaIdentity(repository, copy).mustBelong();
        try {
            repository.index().refresh();
        } catch (DamagedException e) {
            LOG.atWarn()
                    .addKeyValue("location", repository.backend().location())
                    .addKeyValue("reason", e.getMessage())
                    .log("The index is damaged, so directories are read from the copy");
        }
        try (HeldLock _ = locksOf(copy).shared()) {
            return new Audit(repository, copy, spec).run();
        }
    }

    /** Repairs a copy from this repository. */
    public RepairReport repair(Backend copy, AuditReport found) throws IOException {
        seen.remove(copy.location());
        return repair(repository, copy, found);
    }

    /** Repairs this repository from a copy. */
    public RepairReport repairFrom(Backend copy, AuditReport found) throws IOException {
        Repository good = Repository.of(copy, repository.key(), repository.config());
        return repair(good, repository.backend().uncached(), found);
    }

    private RepairReport repair(Repository good, Backend place, AuditReport found) throws IOException {
        Backend damaged = ProvingBackend.over(place);
        new ReplicaIdentity(good, damaged).restore();
        try (HeldLock theirs = locksOf(good.backend()).shared();
                HeldLock own = locksOf(damaged).exclusive()) {
            return new Repair(good, damaged, new Standing(theirs, own), ReplicationSpec.ALL.transfers())
                    .run(found.findings());
        }
    }

    /** The only lock of a copy of this repository; of nothing else. */
    public HeldLock exclusive(Backend copy) throws IOException {
        new ReplicaIdentity(repository, copy).mustBelong();
        return locksOf(copy).exclusive();
    }

    private Locks locksOf(Backend copy) {
        return new Locks(copy, repository.filesAt(copy), lockSettings);
    }

    private static Set<Handle> snapshotsIn(Backend copy) throws IOException {
        Set<Handle> present = new HashSet<>();
        copy.list(FileType.SNAPSHOT).forEach(entry -> present.add(entry.handle()));
        return present;
    }

    private static boolean isUpToDate(SourceSnapshots wanted, Set<Handle> present, Set<SnapshotId> known) {
        return wanted.oldestFirst().stream()
                .allMatch(snapshot ->
                        known.contains(snapshot.id()) && present.contains(SnapshotFiles.handle(snapshot.id())));
    }

    private Set<SnapshotId> known(Backend copy, Listing listing) {
        return Optional.ofNullable(seen.get(copy.location()))
                .filter(last -> last.listing().equals(listing.fingerprint()))
                .map(Seen::complete)
                .orElse(Set.of());
    }

    /** What lost packs may have left incomplete is looked at again next time. */
    private void remember(Backend copy, Listing listing, ReplicationReport report) {
        if (report.isComplete()) {
            seen.put(copy.location(), new Seen(listing.fingerprint(), Set.copyOf(report.complete())));
        } else {
            seen.remove(copy.location());
        }
    }
}
