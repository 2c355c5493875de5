package io.holdfast.vault.index;

import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackedBlob;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where each blob lies, in memory. Of several copies one is known. Safe for use by several threads. */
public final class BlobIndex {

    /** A blob's place: the pack and the place within. */
    public record Location(PackId pack, PackedBlob blob) {}

    private final Map<BlobKey, Location> blobs = new ConcurrentHashMap<>();
    private final Map<PackId, Pack> packs = new ConcurrentHashMap<>();

    public void add(Collection<Pack> durable) {
        for (Pack pack : durable) {
            packs.put(pack.id(), pack);
            for (PackedBlob blob : pack.blobs()) {
                blobs.putIfAbsent(blob.key(), new Location(pack.id(), blob));
            }
        }
    }

    public boolean contains(BlobKey key) {
        return blobs.containsKey(key);
    }

    public Optional<Location> find(BlobKey key) {
        return Optional.ofNullable(blobs.get(key));
    }

    public @Nullable Pack pack(PackId id) {
        return packs.get(id);
    }

    /** A live view. */
    public Collection<Pack> packs() {
        return packs.values();
    }

    /** A live view. */
    public Set<BlobKey> keys() {
        return blobs.keySet();
    }
}
