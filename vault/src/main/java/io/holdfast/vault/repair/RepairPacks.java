package io.holdfast.vault.repair;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackBlobs;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.pack.PackedBlob;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.rewrite.IndexRewrite;
import io.holdfast.vault.rewrite.Removal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts whatever can be read of damaged packs into new ones, and then drops the damaged: first from the index, once the new
 * packs are in it, and last the files.
 */
public final class RepairPacks {

    private final Repository repository;
    private final PackReading packs;
    private final PackBlobs blobs;
    private final Set<BlobKey> salvaged = new LinkedHashSet<>();
    private final Set<BlobKey> unreadable = new LinkedHashSet<>();

    /** @param repository read past any cache */
    public RepairPacks(Repository repository) {
        this.repository = repository;
        packs = new PackReading(repository.backend(), repository.key());
        blobs = new PackBlobs(repository.backend(), repository.key());
    }

    public PacksRepair run(HeldLock lock, Set<PackId> ids) throws IOException {
        BlobIndex index = repository.index().refresh();
        Map<PackId, Long> listed = packs.list();
        try (BlobWriter writer = repository.provingWriter(Compression.Level.AUTO, lock::verify)) {
            for (PackId id : ids) {
                lock.verify();
                for (Pack description : descriptions(id, index, listed)) {
                    salvage(description, writer);
                }
            }
            writer.flush();
        }
        unreadable.removeAll(salvaged);
        List<BlobKey> lost = new ArrayList<>();
        for (BlobKey blob : unreadable) {
            if (!canBeRead(blob, ids)) {
                lost.add(blob);
            }
        }
        Removal removal = new Removal(repository.backend(), lock);
        new IndexRewrite(repository, removal, false).run(ids, List.of());
        if (removal.stayed().isEmpty()) {
            for (PackId id : ids) {
                removal.remove(PackReading.handle(id));
            }
        }
        return new PacksRepair(salvaged.size(), unreadable.size() - lost.size(), lost, removal.stayed());
    }

    /** What the index says is in a pack, and what the pack itself does, as far as it still can. */
    private List<Pack> descriptions(PackId id, BlobIndex index, Map<PackId, Long> listed) throws IOException {
        List<Pack> descriptions = new ArrayList<>();
        Pack indexed = index.pack(id);
        if (indexed != null) {
            descriptions.add(indexed);
        }
        ownDescription(id, listed.getOrDefault(id, 0L))
                .filter(own -> !own.equals(indexed))
                .ifPresent(descriptions::add);
        return descriptions;
    }

    private Optional<Pack> ownDescription(PackId id, long size) throws IOException {
        try {
            return Optional.of(packs.describe(id, size));
        } catch (DamagedException e) {
            return Optional.empty();
        }
    }

    private void salvage(Pack pack, BlobWriter writer) throws IOException {
        List<PackedBlob> wanted = pack.blobs().stream()
                .filter(blob -> !salvaged.contains(blob.key()))
                .toList();
        blobs.read(pack, wanted, new PackBlobs.Sink() {
            @Override
            public void blob(PackedBlob blob, byte[] content) throws IOException {
                writer.writeAnew(blob.key(), content);
                salvaged.add(blob.key());
            }

            @Override
            public void damaged(PackedBlob blob, DamagedException damage) {
                unreadable.add(blob.key());
            }
        });
    }

    private boolean canBeRead(BlobKey blob, Set<PackId> damaged) throws IOException {
        for (BlobIndex.Location copy : repository.index().current().copies(blob)) {
            if (!damaged.contains(copy.pack()) && canBeRead(copy)) {
                return true;
            }
        }
        return false;
    }

    private boolean canBeRead(BlobIndex.Location copy) throws IOException {
        try {
            repository.blobs().read(copy);
            return true;
        } catch (DamagedException e) {
            return false;
        }
    }
}
