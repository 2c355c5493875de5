package io.holdfast.vault;

import io.holdfast.vault.json.JsonEdit;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.lock.LockFile;
import io.holdfast.vault.lock.Locks;
import io.holdfast.vault.lock.Pace;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.prune.Prune;
import io.holdfast.vault.prune.PruneReport;
import io.holdfast.vault.prune.PruneSpec;
import io.holdfast.vault.repair.IndexRepair;
import io.holdfast.vault.repair.PacksRepair;
import io.holdfast.vault.repair.RepairIndex;
import io.holdfast.vault.repair.RepairPacks;
import io.holdfast.vault.repair.RepairSnapshots;
import io.holdfast.vault.repair.SnapshotsRepair;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.retention.ForgetPlan;
import io.holdfast.vault.retention.Objection;
import io.holdfast.vault.rewrite.Removal;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What keeps a repository in order. Each call takes the lock it needs, and leaves a valid repository wherever it ends. */
public final class Maintenance {

    private final Repository repository;
    private final Locks locks;
    private final Pace pace;
    private final Guard guard;

    Maintenance(Repository repository, Locks locks, Pace pace, Guard guard) {
        this.repository = repository;
        this.locks = locks;
        this.pace = pace;
        this.guard = guard;
    }

    /** The locks that others hold here, or have left. */
    public List<LockFile> locks() throws VaultException {
        return guard.run("read the locks of", locks::others);
    }

    /** Removes the locks that nobody can hold any more; gives their number. */
    public int unlock() throws VaultException {
        return guard.run("remove stale locks of", locks::removeStale);
    }

    /** Removes the locks of others that the caller knows to be dead; gives their number. */
    public int unlock(Predicate<LockFile> dead) throws VaultException {
        return guard.run("remove locks of", () -> locks.remove(dead));
    }

    /** Removes every lock, those of working processes too, which are in danger from then on; gives their number. */
    public int unlockAll() throws VaultException {
        return guard.run("remove all locks of", locks::removeAll);
    }

    /** Removes the snapshots that a policy does not keep, or only tells which. */
    public ForgetResult forget(ForgetSpec spec) throws VaultException {
        return guard.run("forget snapshots of", () -> {
            try (HeldLock lock = spec.dryRun() ? locks.shared() : locks.exclusive()) {
                ForgetPlan plan = plan(spec, lock);
                if (spec.dryRun()) {
                    return new ForgetResult.Planned(plan);
                }
                if (!plan.objections().isEmpty()) {
                    return new ForgetResult.Refused(plan);
                }
                Removal removal =
                        remove(plan.remove().stream().map(Snapshot::id).toList(), lock);
                return new ForgetResult.Forgotten(
                        plan,
                        removal.removed().stream()
                                .map(file -> SnapshotId.parse(file.name()))
                                .toList(),
                        removal.stayed());
            }
        });
    }

    private ForgetPlan plan(ForgetSpec spec, HeldLock lock) throws IOException {
        List<Snapshot> all = repository.snapshots().all();
        ForgetPlan plan = spec.retention().plan(all, spec.considered(), pace.now());
        Duration tolerance = spec.retention().safeguards().futureTolerance();
        ForgetPlan timed = lock.clockDifference()
                .filter(by -> by.abs().compareTo(tolerance) > 0)
                .map(by -> plan.objecting(new Objection.ClocksDiffer(by)))
                .orElse(plan);
        return spec.dryRun() || isStillAll(all) ? timed : timed.objecting(new Objection.ListingsDiffer());
    }

    /** Looks once more: while nobody else works here, a listing can only differ from another because one lacks something. */
    private boolean isStillAll(List<Snapshot> snapshots) throws IOException {
        Set<SnapshotId> seen = snapshots.stream().map(Snapshot::id).collect(Collectors.toSet());
        return seen.equals(Set.copyOf(repository.snapshots().ids()));
    }

    /** Removes these snapshots, whatever any policy says; gives those that the place did not let go. */
    public List<Removal.Stayed> forget(Collection<SnapshotId> ids) throws VaultException {
        return guard.run("forget snapshots of", () -> {
            try (HeldLock lock = locks.exclusive()) {
                return remove(ids, lock).stayed();
            }
        });
    }

    private Removal remove(Collection<SnapshotId> ids, HeldLock lock) throws IOException {
        Removal removal = new Removal(repository.backend(), lock);
        for (SnapshotId id : ids) {
            removal.remove(SnapshotFiles.handle(id));
        }
        return removal;
    }

    /** Frees the space of what no snapshot needs, or only tells how much. */
    public PruneReport prune(PruneSpec spec) throws VaultException {
        return guard.run("prune", () -> {
            try (HeldLock lock = locks.exclusive()) {
                return new Prune(repository, spec, pace.now()).run(lock);
            }
        });
    }

    /**
     * Makes the index say what the packs say. Of packs it may be wrong about, or of all, the end is read.
     *
     * @param readAllPacks whether nothing is believed that the index says
     */
    public IndexRepair repairIndex(boolean readAllPacks) throws VaultException {
        return guard.run("repair the index of", () -> {
            try (HeldLock lock = locks.exclusive()) {
                IndexRepair repaired = new RepairIndex(repository.uncached()).run(lock, readAllPacks);
                repository.index().refresh();
                return repaired;
            }
        });
    }

    /** Puts what can be read of damaged packs into new ones, and drops the damaged. */
    public PacksRepair repairPacks(Set<PackId> damaged) throws VaultException {
        return guard.run("repair packs of", () -> {
            try (HeldLock lock = locks.exclusive()) {
                PacksRepair repaired = new RepairPacks(repository.uncached()).run(lock, damaged);
                repository.index().refresh();
                return repaired;
            }
        });
    }

    /**
     * Writes the snapshots chosen that lack something anew without it. They keep the id they came from as original.
     *
     * @param forget whether those they came from go; otherwise the new ones are tagged {@code repaired}
     * @param dryRun whether only to tell what is lost
     */
    public SnapshotsRepair repairSnapshots(Predicate<Snapshot> chosen, boolean forget, boolean dryRun)
            throws VaultException {
        return guard.run("repair snapshots of", () -> {
            try (HeldLock lock = locks.exclusive()) {
                return new RepairSnapshots(repository, forget, dryRun).run(lock, chosen);
            }
        });
    }

    /**
     * Changes the tags of the snapshots chosen. Each that changes gets a new id, and keeps the id it first had as its
     * original; the new file is durable before the old one goes.
     */
    public List<Retagged> tag(Predicate<Snapshot> chosen, TagChange change) throws VaultException {
        return guard.run("change tags in", () -> {
            try (HeldLock lock = locks.exclusive()) {
                Removal removal = new Removal(repository.backend(), lock);
                List<Retagged> retagged = new ArrayList<>();
                for (Snapshot snapshot : repository.snapshots().all()) {
                    List<String> tags = change.applied(snapshot.tags());
                    if (chosen.test(snapshot) && !tags.equals(snapshot.tags())) {
                        lock.verify();
                        retagged.add(new Retagged(snapshot.id(), retag(snapshot, tags)));
                        removal.remove(SnapshotFiles.handle(snapshot.id()));
                    }
                }
                return retagged;
            }
        });
    }

    private Snapshot retag(Snapshot snapshot, List<String> tags) throws IOException {
        JsonEdit edit = JsonEdit.parse(repository.snapshots().json(snapshot.id()), "the snapshot");
        edit.setOptional("tags", tags)
                .set("original", snapshot.original().orElse(snapshot.id()).toString());
        return repository.snapshots().storeJson(edit.utf8());
    }
}
