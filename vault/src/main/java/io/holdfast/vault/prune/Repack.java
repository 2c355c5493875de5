package io.holdfast.vault.prune;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackBlobs;
import io.holdfast.vault.pack.PackedBlob;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.repository.Workers;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Puts what is still needed of some packs into new ones, verified on the way; the old packs stay as they are. */
final class Repack {

    private final Repository repository;
    private final BlobIndex index;
    private final UsedBlobs used;
    private final HeldLock lock;
    private final PackBlobs packs;

    Repack(Repository repository, UsedBlobs used, HeldLock lock) {
        this.repository = repository;
        this.used = used;
        this.lock = lock;
        index = repository.index().current();
        packs = new PackBlobs(repository.backend(), repository.key());
    }

    /** Returns when every needed blob of these packs lies in a pack that stays and that a durable index names. */
    void run(Collection<PackId> ids) throws IOException {
        try (BlobWriter writer = new BlobWriter(
                repository.backend(), repository.key(), Compression.Level.AUTO, repository.index(), _ -> {})) {
            Workers.each(ids, id -> move(id, writer));
            writer.flush();
        }
        if (used.homeless() > 0) {
            throw new IllegalStateException("%d blobs were not repacked".formatted(used.homeless()));
        }
    }

    private void move(PackId id, BlobWriter writer) throws IOException {
        lock.verify();
        Pack pack = index.pack(id);
        if (pack == null) {
            throw new IllegalStateException("the index has lost pack " + id);
        }
        List<PackedBlob> needed = pack.blobs().stream()
                .filter(blob -> used.isHomeless(blob.key()))
                .toList();
        packs.read(pack, needed, new PackBlobs.Sink() {
            @Override
            public void blob(PackedBlob blob, byte[] content) throws IOException {
                writer.writeAnew(blob.key().type(), content);
                used.stays(blob.key());
            }

            @Override
            public void damaged(PackedBlob blob, DamagedException damage) throws IOException {
                writer.writeAnew(blob.key().type(), repository.blobs().read(blob.key()));
                used.stays(blob.key());
            }
        });
    }
}
