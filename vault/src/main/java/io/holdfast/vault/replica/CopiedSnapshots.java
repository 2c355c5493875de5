package io.holdfast.vault.replica;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The snapshots that copies hold. Each is read once, and at the copy only where this repository has it not. */
final class CopiedSnapshots {

    private final Repository repository;
    private final Map<String, Map<SnapshotId, Snapshot>> read = new ConcurrentHashMap<>();

    CopiedSnapshots(Repository repository) {
        this.repository = repository;
    }

    /** What a copy holds, as far as it can be read, in no order. */
    List<Snapshot> at(Backend copy) throws BackendException {
        SnapshotFiles there = new SnapshotFiles(
                copy, repository.filesAt(copy), read.computeIfAbsent(copy.location(), _ -> new ConcurrentHashMap<>()));
        Set<SnapshotId> own = Set.copyOf(repository.snapshots().ids());
        List<Snapshot> snapshots = new ArrayList<>();
        for (SnapshotId id : there.ids()) {
            readable(own.contains(id) ? repository.snapshots() : there, id).ifPresent(snapshots::add);
        }
        return snapshots;
    }

    private static Optional<Snapshot> readable(SnapshotFiles files, SnapshotId id) throws BackendException {
        try {
            return Optional.of(files.load(id));
        } catch (DamagedException _) {
            return Optional.empty();
        } catch (BackendException e) {
            return switch (e.kind()) {
                case NOT_FOUND, DAMAGED -> Optional.empty();
                case DENIED, MISCONFIGURED, FULL, RETAINED, UNREACHABLE -> throw e;
            };
        }
    }
}
