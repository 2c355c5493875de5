package io.holdfast.vault;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.replica.AuditReport;
import io.holdfast.vault.replica.AuditSpec;
import io.holdfast.vault.replica.RepairReport;
import io.holdfast.vault.replica.Replicas;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationReport;
import io.holdfast.vault.replica.ReplicationSpec;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;

/**
 * The copies of a vault at other places: brought up to date, audited, repaired from one another. Backends that are given
 * stay open. Nothing damaged is ever sent.
 */
public final class Copies {

    private final Repository repository;
    private final Guard guard;
    private final Replicas replicas;

    Copies(Repository repository, Guard guard, Replicas replicas) {
        this.repository = repository;
        this.guard = guard;
        this.replicas = replicas;
    }

    /**
     * Makes the target hold the wanted snapshots, byte for byte. What it holds is not sent again, also when it was sent by
     * an attempt that was cut off; what its own index names and it has lost is filled in; what else it holds stays. Damage
     * in this vault concerns only the snapshots that need it: they are in the report and the rest goes on.
     *
     * <p>The first comparison of a vault with a target looks at everything the wanted snapshots need. Later ones of the
     * same vault object look at it again only when the target's listing has changed.
     */
    public ReplicationReport replicate(Backend target, ReplicationSpec spec, ReplicationListener listener)
            throws VaultException {
        return guard.run(
                "replicate to %s from".formatted(target.location()), () -> replicas.replicate(target, spec, listener));
    }

    /**
     * The snapshots that a copy holds, in no order; also those that this vault holds no more, or not yet again. One whose
     * file cannot be read there is left out, as audits name it. Each is read there once while this vault object lives.
     */
    public List<Snapshot> snapshots(Backend copy) throws VaultException {
        return guard.run(
                "list the snapshots at %s, a copy of".formatted(copy.location()), () -> replicas.snapshots(copy));
    }

    /**
     * Makes an empty place a repository of the same identity, with the same keys and no snapshots: what a lost
     * repository is founded again from, so that its other copies still match.
     */
    public void found(Backend target) throws VaultException {
        guard.run("found a repository at %s from".formatted(target.location()), () -> {
            replicas.found(target);
            return true;
        });
    }

    /**
     * Compares what the snapshots of a copy need with what it holds: files missing, of a wrong size, or, in the part that
     * is read, of damaged content. Where the copy keeps files from deletion, those that its snapshots need are kept for
     * longer, so that at least half of the place's own retention is left. Damage is in the report; only an audit that could
     * not be made is an exception.
     */
    public AuditReport audit(Backend copy, AuditSpec spec) throws VaultException {
        return guard.run("audit %s, a copy of".formatted(copy.location()), () -> replicas.audit(copy, spec));
    }

    /** The same for this vault at its own place. */
    public AuditReport auditOwn(AuditSpec spec) throws VaultException {
        return guard.run("audit", () -> replicas.audit(repository.backend().uncached(), spec));
    }

    /**
     * Repairs a copy from this vault: files come back byte for byte, and where the two were pruned apart, in other packs.
     * A damaged file is taken away only when nothing needs it any more. Nobody else may work on the copy meanwhile.
     *
     * @param found by an audit of the copy
     */
    public RepairReport repair(Backend copy, AuditReport found) throws VaultException {
        return guard.run("repair %s from".formatted(copy.location()), () -> replicas.repair(copy, found));
    }

    /** Repairs this vault from a copy, as {@link #repair} does the other way round. */
    public RepairReport repairOwn(Backend copy, AuditReport found) throws VaultException {
        return guard.run("repair from %s".formatted(copy.location()), () -> replicas.repairFrom(copy, found));
    }
}
