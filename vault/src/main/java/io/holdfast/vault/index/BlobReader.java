package io.holdfast.vault.index;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import java.util.function.Supplier;

/** Reads blobs where the index says they lie. What it returns has been authenticated and hashed. */
public final class BlobReader {

    private final Backend backend;
    private final SealingKey key;
    private final Supplier<BlobIndex> index;

    public BlobReader(Backend backend, SealingKey key, Supplier<BlobIndex> index) {
        this.backend = backend;
        this.key = key;
        this.index = index;
    }

    public BlobIndex index() {
        return index.get();
    }

    /** A copy that is damaged is read a second time, past any cache, before another one is tried. */
    public byte[] read(BlobKey blob) throws BackendException, DamagedException {
        BlobIndex.Location first = index.get().require(blob);
        try {
            Handle pack = handle(first);
            return read(first, blob.type() == BlobType.TREE ? Handle.ofTrees(pack.name()) : pack);
        } catch (DamagedException e) {
            return readAny(blob, e);
        }
    }

    /** Reads one certain copy, past any cache. */
    public byte[] read(BlobIndex.Location at) throws BackendException, DamagedException {
        return read(at, handle(at));
    }

    private byte[] readAny(BlobKey blob, DamagedException damage) throws BackendException, DamagedException {
        for (BlobIndex.Location copy : index.get().copies(blob)) {
            try {
                return read(copy);
            } catch (DamagedException e) {
                damage.addSuppressed(e);
            }
        }
        throw damage;
    }

    /** Only packs of trees are cached, and only when they are called so. */
    private static Handle handle(BlobIndex.Location at) {
        return new Handle(FileType.PACK, at.pack().toString());
    }

    private byte[] read(BlobIndex.Location at, Handle pack) throws BackendException, DamagedException {
        byte[] sealed;
        try {
            sealed = backend.load(pack, at.blob().offset(), at.blob().length());
        } catch (BackendException e) {
            if (e.kind() == BackendException.Kind.NOT_FOUND) {
                throw new DamagedException("%s is missing".formatted(pack), e);
            }
            if (e.kind() == BackendException.Kind.DAMAGED) {
                throw new DamagedException("%s is damaged: %s".formatted(pack, e.getMessage()), e);
            }
            throw e;
        }
        try {
            return at.blob().open(key, sealed, 0);
        } catch (DamagedException e) {
            throw new DamagedException("%s: %s".formatted(pack, e.getMessage()), e);
        }
    }
}
