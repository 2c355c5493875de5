package io.holdfast.vault.index;

import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import java.util.Iterator;
import java.util.stream.Stream;

/** A growing set of blobs, of about 40 bytes each. */
public final class BlobSet implements Iterable<BlobKey> {

    private final DigestSet data = new DigestSet();
    private final DigestSet trees = new DigestSet();

    /** Whether it was not in it. */
    public boolean add(BlobKey blob) {
        return of(blob.type()).add(blob.id().digest());
    }

    public boolean contains(BlobKey blob) {
        return of(blob.type()).contains(blob.id().digest());
    }

    public int size() {
        return data.size() + trees.size();
    }

    @Override
    public Iterator<BlobKey> iterator() {
        return Stream.of(BlobType.values()).flatMap(this::keys).iterator();
    }

    private Stream<BlobKey> keys(BlobType type) {
        return of(type).stream().map(digest -> new BlobKey(type, new BlobId(digest)));
    }

    private DigestSet of(BlobType type) {
        return switch (type) {
            case DATA -> data;
            case TREE -> trees;
        };
    }
}
