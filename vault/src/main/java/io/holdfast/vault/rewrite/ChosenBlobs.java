package io.holdfast.vault.rewrite;

import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackBlobs;
import io.holdfast.vault.pack.PackedBlob;
import io.holdfast.vault.repository.Parallel;
import io.holdfast.vault.repository.Repository;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Reads some of the blobs of packs, several packs at once, each in the order in which its blobs lie. */
public final class ChosenBlobs {

    /** Takes what was read, by any thread. */
    public interface Sink {

        /** A blob that has been authenticated and hashed. */
        void blob(BlobKey blob, byte[] content) throws IOException;

        /** A blob of which no copy can be read. */
        void damaged(BlobKey blob, DamagedException damage) throws IOException;
    }

    private final Repository repository;
    private final BlobIndex index;
    private final PackBlobs packs;
    private final Predicate<BlobKey> chosen;

    private ChosenBlobs(Repository repository, Predicate<BlobKey> chosen) {
        this.repository = repository;
        this.chosen = chosen;
        index = repository.index().current();
        packs = new PackBlobs(repository.backend(), repository.key());
    }

    /** @param chosen asked when a pack's turn comes */
    public static ChosenBlobs of(Repository repository, Predicate<BlobKey> chosen) {
        return new ChosenBlobs(repository, chosen);
    }

    /** Returns when the sink has everything. The first failure ends it. */
    public void read(Collection<PackId> from, Sink sink) throws IOException {
        Parallel.FEW.forEach(from, pack -> read(pack, sink));
    }

    private void read(PackId id, Sink sink) throws IOException {
        Pack pack = index.pack(id);
        if (pack == null) {
            throw new IllegalStateException("the index has lost pack " + id);
        }
        List<PackedBlob> wanted =
                pack.blobs().stream().filter(blob -> chosen.test(blob.key())).toList();
        packs.read(pack, wanted, new PackBlobs.Sink() {
            @Override
            public void blob(PackedBlob blob, byte[] content) throws IOException {
                sink.blob(blob.key(), content);
            }

            @Override
            public void damaged(PackedBlob blob, DamagedException damage) throws IOException {
                byte[] content;
                try {
                    content = repository.blobs().read(blob.key());
                } catch (DamagedException e) {
                    sink.damaged(blob.key(), e);
                    return;
                }
                sink.blob(blob.key(), content);
            }
        });
    }
}
