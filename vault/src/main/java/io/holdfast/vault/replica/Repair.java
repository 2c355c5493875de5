package io.holdfast.vault.replica;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.lock.Standing;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackedBlob;
import io.holdfast.vault.repository.Memory;
import io.holdfast.vault.repository.Parallel;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes a damaged copy whole again from a good one. Nothing is taken away before what replaces it is there: a damaged file
 * is overwritten by the good one of the same name, and where the good copy has none, because the two were pruned apart,
 * what is needed comes in other packs and the damaged one goes last.
 */
final class Repair {

    private final Repository good;
    private final Repository copy;
    private final Backend place;
    private final Standing standing;
    private final int atOnce;
    private final Memory memory = new Memory(Replicas.MEMORY_IN_MIB);
    private final List<Handle> fetched = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong bytes = new AtomicLong();
    private final List<Finding> remaining = Collections.synchronizedList(new ArrayList<>());

    /** @param place the damaged copy, locked for nobody else to work there */
    Repair(Repository good, Backend place, Standing standing, int atOnce) {
        this.good = good;
        this.place = place;
        this.standing = standing;
        this.atOnce = atOnce;
        copy = Repository.of(place, good.key(), good.config());
    }

    RepairReport run(List<Finding> findings) throws IOException {
        good.index().refresh();
        Set<PackId> damaged = fetch(findings);
        Replica replica = new Replica(place, good, Listing.of(place), damaged);
        replica.readIndex();
        Transfer transfer = new Transfer(good, replica, standing, ReplicationListener.NONE, atOnce);
        copy.index().current().add(replica.named());
        Set<BlobKey> stillLacking = fill(replica, new Filling(good, replica, transfer));
        List<Handle> dropped = drop(replica, stillLacking);
        return new RepairReport(fetched, transfer.packsSent(), dropped, bytes.get() + transfer.bytesSent(), remaining);
    }

    /** Brings back files by name; gives the damaged packs that stay so. */
    private Set<PackId> fetch(List<Finding> findings) throws IOException {
        Set<Handle> wanted = new LinkedHashSet<>();
        Set<PackId> damaged = Collections.synchronizedSet(new HashSet<>());
        for (Finding finding : findings) {
            boolean lost = finding.kind() != Finding.Kind.INCOMPLETE;
            if (lost
                    && finding.file().type() != FileType.CONFIG
                    && finding.file().type() != FileType.LOCK) {
                wanted.add(finding.file());
            }
        }
        new Parallel(atOnce)
                .forEach(
                        wanted,
                        file -> memory.during(sizeOf(file), () -> {
                            if (!fetch(file)) {
                                unfetched(file, damaged);
                            }
                        }));
        return damaged;
    }

    private void unfetched(Handle file, Set<PackId> damaged) throws BackendException {
        switch (file.type()) {
            case PACK -> damaged.add(PackId.parse(file.name()));
            case KEY -> remains(file);
            // A snapshot is looked at again below, and what an index file named is told by the packs.
            case SNAPSHOT, INDEX -> {}
            case CONFIG, LOCK -> throw new IllegalArgumentException(file + " is not fetched");
        }
    }

    private boolean fetch(Handle file) throws IOException {
        byte[] content;
        try {
            content = SealedFiles.loadVerified(good.backend(), file);
        } catch (DamagedException e) {
            return false;
        } catch (BackendException e) {
            if (e.kind() == BackendException.Kind.NOT_FOUND || e.kind() == BackendException.Kind.DAMAGED) {
                return false;
            }
            throw e;
        }
        standing.verify();
        place.store(file, content);
        fetched.add(file);
        bytes.addAndGet(content.length);
        return true;
    }

    private long sizeOf(Handle file) {
        Pack pack = file.type() == FileType.PACK ? good.index().current().pack(PackId.parse(file.name())) : null;
        return pack == null ? 0 : pack.size();
    }

    /** Brings what the place's snapshots need and it lacks; gives what could not be brought. */
    private Set<BlobKey> fill(Replica replica, Filling filling) throws IOException {
        Set<BlobKey> still = new HashSet<>();
        TreeWalk walk = newWalk();
        for (SnapshotId id : copy.snapshots().ids()) {
            Handle file = SnapshotFiles.handle(id);
            Set<BlobKey> lacking = new LinkedHashSet<>();
            Set<String> damage = new LinkedHashSet<>();
            Snapshot snapshot;
            try {
                snapshot = copy.snapshots().load(id);
            } catch (DamagedException e) {
                remains(file);
                continue;
            }
            walk.walk(
                    snapshot.tree(),
                    blob -> {
                        if (!replica.holds(blob)) {
                            lacking.add(blob);
                        }
                    },
                    damage::add);
            damage.addAll(filling.bring(lacking));
            if (!damage.isEmpty()) {
                lacking.removeIf(replica::holds);
                still.addAll(lacking);
                remaining.add(Finding.incomplete(file, "is still not complete", damage));
                walk = newWalk();
            }
        }
        return still;
    }

    /** A damaged pack goes when everything the snapshots need of it lies elsewhere now. */
    private List<Handle> drop(Replica replica, Set<BlobKey> stillLacking) throws IOException {
        Set<PackId> gone = new LinkedHashSet<>();
        List<Handle> dropped = new ArrayList<>();
        boolean everythingIsKnown = remaining.isEmpty();
        for (Pack pack : replica.doubtful()) {
            boolean needed = pack.blobs().stream().map(PackedBlob::key).anyMatch(stillLacking::contains);
            if (everythingIsKnown && !needed) {
                gone.add(pack.id());
                dropped.add(pack.handle());
            } else {
                remains(pack.handle());
            }
        }
        standing.verify();
        replica.drop(gone);
        return dropped;
    }

    private void remains(Handle file) {
        remaining.add(new Finding(
                Finding.Kind.DAMAGED,
                file,
                "is damaged or missing, and %s does not have it either"
                        .formatted(good.backend().location())));
    }

    private TreeWalk newWalk() {
        return new TreeWalk(List.of(good.trees(), copy.trees()));
    }
}
