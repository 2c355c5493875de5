package io.holdfast.vault.repair;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.IndexFile;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.repository.Parallel;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.rewrite.IndexRewrite;
import io.holdfast.vault.rewrite.Removal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Makes the index say what the packs say. Of a pack only the end is read, and only where the index may be wrong. */
public final class RepairIndex {

    private final Repository repository;
    private final PackReading packs;
    private final BlobIndex index = new BlobIndex();
    private final Set<PackId> contradicted = new HashSet<>();
    private final List<String> unreadable = new ArrayList<>();

    /** @param repository read past any cache */
    public RepairIndex(Repository repository) {
        this.repository = repository;
        packs = new PackReading(repository.backend(), repository.key());
    }

    /** @param readAllPacks whether the end of every pack is read, and nothing believed that the index says */
    public IndexRepair run(HeldLock lock, boolean readAllPacks) throws IOException {
        readIndex();
        Map<PackId, Long> listed = packs.list();
        Set<PackId> gone = gone(listed);
        Set<PackId> doubtful = new HashSet<>(listed.keySet());
        doubtful.removeIf(pack -> !readAllPacks && isAsIndexed(pack, listed));
        ConcurrentLinkedQueue<Pack> described = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<PackId> damaged = new ConcurrentLinkedQueue<>();
        Parallel.FEW.forEach(doubtful, pack -> {
            try {
                described.add(packs.describe(pack, listed.getOrDefault(pack, 0L)));
            } catch (DamagedException e) {
                damaged.add(pack);
            }
        });
        List<Pack> come = described.stream()
                .filter(pack -> contradicted.contains(pack.id()) || !pack.equals(index.pack(pack.id())))
                .toList();
        Removal removal = new Removal(repository.backend(), lock);
        if (!gone.isEmpty() || !come.isEmpty() || !unreadable.isEmpty()) {
            new IndexRewrite(repository, removal, true).run(gone, come);
        }
        return new IndexRepair(
                come.stream().map(Pack::id).toList(),
                List.copyOf(gone),
                List.copyOf(damaged),
                unreadable,
                removal.stayed());
    }

    private void readIndex() throws IOException {
        for (Backend.Entry entry : repository.backend().list(FileType.INDEX)) {
            try {
                List<Pack> named = IndexFile.read(repository.files().load(entry.handle()));
                for (Pack pack : named) {
                    Pack before = index.pack(pack.id());
                    if (before != null && !before.equals(pack)) {
                        contradicted.add(pack.id());
                    }
                }
                index.add(named);
            } catch (DamagedException e) {
                unreadable.add(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Packs that the index names and that the place, asked for each by name, does not have. */
    private Set<PackId> gone(Map<PackId, Long> listed) throws IOException {
        Set<PackId> gone = new HashSet<>();
        for (Pack pack : index.packs()) {
            if (!listed.containsKey(pack.id())) {
                try {
                    listed.put(pack.id(), repository.backend().size(pack.handle()));
                } catch (BackendException e) {
                    if (e.kind() != BackendException.Kind.NOT_FOUND) {
                        throw e;
                    }
                    gone.add(pack.id());
                }
            }
        }
        return gone;
    }

    private boolean isAsIndexed(PackId id, Map<PackId, Long> listed) {
        Pack pack = index.pack(id);
        return pack != null && !contradicted.contains(id) && pack.size() == listed.getOrDefault(id, -1L);
    }
}
