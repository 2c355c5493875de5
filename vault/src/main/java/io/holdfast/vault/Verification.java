package io.holdfast.vault;

import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.tree.Reachable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads everything one snapshot needs back from where it lies. */
final class Verification {

    private final Repository repository;
    private final List<Problem> problems = new ArrayList<>();

    Verification(Repository repository) {
        this.repository = repository;
    }

    Verified run(SnapshotId id) throws IOException {
        Reachable reachable =
                new Reachable(repository.trees(), e -> problems.add(new Problem("tree", Problem.reason(e))));
        Set<BlobKey> needed = reachable.add(repository.snapshots().load(id).tree());
        BlobIndex index = repository.index().current();
        Set<PackId> packs = new TreeSet<>();
        for (BlobKey key : needed) {
            Optional<BlobIndex.Location> at = index.find(key);
            if (at.isPresent()) {
                packs.add(at.get().pack());
            } else {
                problems.add(new Problem(key.id().toString(), "is in no index"));
            }
        }
        PackReading reading = new PackReading(repository.backend(), repository.key());
        long bytes = 0;
        for (PackId pack : packs) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted");
            }
            Pack indexed = index.pack(pack);
            try {
                bytes += indexed == null ? 0 : reading.verify(indexed, needed::contains);
            } catch (DamagedException e) {
                problems.add(new Problem(PackReading.handle(pack).toString(), Problem.reason(e)));
            }
        }
        return new Verified(id, needed.size(), packs.size(), bytes, problems);
    }
}
