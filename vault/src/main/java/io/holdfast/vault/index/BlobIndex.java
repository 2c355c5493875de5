package io.holdfast.vault.index;

import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackedBlob;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where each blob lies, in memory: flat tables of at most 60 bytes a blob. Safe for use by several threads.
 *
 * <p>The blobs of a pack stand one after the other, so a pack is a number and the place of its first blob.
 */
public final class BlobIndex {

    /** A blob's place: the pack and the place within. */
    public record Location(PackId pack, PackedBlob blob) {}

    private static final int PACK = 0;
    private static final int OFFSET = 1;
    private static final int LENGTH = 2;
    private static final int PLAIN_LENGTH = 3;
    /** In {@link #PACK}, beside the pack's number: the blob is a tree. */
    private static final int IS_TREE = 1 << 31;

    private final DigestTable blobs = new DigestTable();
    private final IntTable places = new IntTable(4);
    private final DigestTable packs = new DigestTable();
    private final IntTable firstBlobs = new IntTable(1);
    private int distinct;

    /** Adds packs that are durable; one known already is passed over. */
    public synchronized void add(Collection<Pack> durable) {
        for (Pack pack : durable) {
            if (number(pack.id()) < 0) {
                int number = packs.add(pack.id().digest());
                firstBlobs.add(blobs.size());
                for (PackedBlob blob : pack.blobs()) {
                    if (find(blob.key(), 0) < 0) {
                        distinct++;
                    }
                    boolean isTree = blob.key().type() == BlobType.TREE;
                    blobs.add(blob.key().id().digest());
                    places.add(
                            isTree ? number | IS_TREE : number, (int) blob.offset(), blob.length(), blob.plainLength());
                }
            }
        }
    }

    public synchronized boolean contains(BlobKey key) {
        return find(key, 0) >= 0;
    }

    /** One copy of the blob. */
    public synchronized Optional<Location> find(BlobKey key) {
        int place = find(key, 0);
        return place < 0 ? Optional.empty() : Optional.of(location(place));
    }

    /** One copy of a blob that something needs; that there is none is damage. */
    public Location require(BlobKey key) throws DamagedException {
        return find(key).orElseThrow(() -> new DamagedException("%s is in no index file".formatted(key)));
    }

    /** Every copy of the blob; the one that {@link #find(BlobKey)} gives comes first. */
    public synchronized List<Location> copies(BlobKey key) {
        List<Location> copies = new ArrayList<>(1);
        for (int place = find(key, 0); place >= 0; place = find(key, place + 1)) {
            copies.add(location(place));
        }
        return copies;
    }

    /** The pack, when one of this name has been added. */
    public synchronized @Nullable Pack pack(PackId id) {
        int number = number(id);
        return number < 0 ? null : packNumber(number);
    }

    /** How many different blobs there are. */
    public synchronized int size() {
        return distinct;
    }

    /** A number for the blob, from 0 and below {@link #places}; -1 when it is not here. It never changes. */
    synchronized int place(BlobKey key) {
        return find(key, 0);
    }

    /** How many copies of blobs there are. */
    int places() {
        return blobCount();
    }

    /** Every pack added so far, made while it is looked at. */
    public Collection<Pack> packs() {
        return view(packCount(), this::packNumber);
    }

    /** Every copy of every blob added so far, pack by pack; made while it is looked at. */
    public Collection<BlobKey> keys() {
        return view(blobCount(), this::key);
    }

    private synchronized int packCount() {
        return packs.size();
    }

    private synchronized int blobCount() {
        return blobs.size();
    }

    private int number(PackId id) {
        return packs.find(id.digest(), _ -> true);
    }

    private int find(BlobKey key, int from) {
        int isTree = key.type() == BlobType.TREE ? IS_TREE : 0;
        return blobs.find(key.id().digest(), place -> place >= from && (places.get(place, PACK) & IS_TREE) == isTree);
    }

    private synchronized Pack packNumber(int number) {
        int end = number + 1 == packs.size() ? blobs.size() : firstBlobs.get(number + 1, 0);
        return new Pack(
                new PackId(packs.get(number)),
                IntStream.range(firstBlobs.get(number, 0), end)
                        .mapToObj(this::blob)
                        .toList());
    }

    private Location location(int place) {
        return new Location(new PackId(packs.get(places.get(place, PACK) & ~IS_TREE)), blob(place));
    }

    private PackedBlob blob(int place) {
        return new PackedBlob(
                key(place),
                Integer.toUnsignedLong(places.get(place, OFFSET)),
                places.get(place, LENGTH),
                places.get(place, PLAIN_LENGTH));
    }

    private synchronized BlobKey key(int place) {
        BlobType type = (places.get(place, PACK) & IS_TREE) != 0 ? BlobType.TREE : BlobType.DATA;
        return new BlobKey(type, new BlobId(blobs.get(place)));
    }

    private static <T> Collection<T> view(int size, IntFunction<T> element) {
        return new AbstractCollection<>() {
            @Override
            public Iterator<T> iterator() {
                return IntStream.range(0, size).mapToObj(element).iterator();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }
}
