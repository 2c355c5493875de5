package io.holdfast.vault.prune;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.rewrite.ChosenBlobs;
import java.io.IOException;
import java.util.Collection;

/**
 * Puts what is still needed of some packs into new ones, verified on the way; the old packs stay as they are. A new pack is
 * named in an index only once it has been shown to lie there as it was made.
 */
final class Repack {

    private final Repository repository;
    private final UsedBlobs used;
    private final HeldLock lock;

    Repack(Repository repository, UsedBlobs used, HeldLock lock) {
        this.repository = repository;
        this.used = used;
        this.lock = lock;
    }

    /** Returns when every needed blob of these packs lies in a pack that stays and that a durable index names. */
    void run(Collection<PackId> ids) throws IOException {
        try (BlobWriter writer = repository.provingWriter(Compression.Level.AUTO, lock::verify)) {
            ChosenBlobs.of(repository, used::isHomeless).read(ids, new ChosenBlobs.Sink() {
                @Override
                public void blob(BlobKey blob, byte[] content) throws IOException {
                    lock.verify();
                    writer.writeAnew(blob, content);
                    used.stays(blob);
                }

                @Override
                public void damaged(BlobKey blob, DamagedException damage) throws IOException {
                    throw damage;
                }
            });
            writer.flush();
        }
        if (used.homeless() > 0) {
            throw new IllegalStateException("%d blobs were not repacked".formatted(used.homeless()));
        }
    }
}
