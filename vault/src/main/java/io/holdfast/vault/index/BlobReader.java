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

    /** Reads a blob, from another pack when one is damaged; that no copy can be read is damage. */
    public byte[] read(BlobKey blob) throws BackendException, DamagedException {
        BlobIndex.Location at = index.get().require(blob);
        String pack = at.pack().toString();
        try {
            return read(at, blob.type() == BlobType.TREE ? Handle.ofTrees(pack) : new Handle(FileType.PACK, pack));
        } catch (DamagedException e) {
            return readAnyCopy(blob, e);
        }
    }

    /** The first copy is among them once more: only packs of trees are cached, so now the place itself is asked. */
    private byte[] readAnyCopy(BlobKey blob, DamagedException damage) throws BackendException, DamagedException {
        for (BlobIndex.Location copy : index.get().copies(blob)) {
            try {
                return read(copy);
            } catch (DamagedException e) {
                damage.addSuppressed(e);
            }
        }
        throw damage;
    }

    /** Reads one certain copy. */
    public byte[] read(BlobIndex.Location at) throws BackendException, DamagedException {
        return read(at, new Handle(FileType.PACK, at.pack().toString()));
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
