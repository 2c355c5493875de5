package io.holdfast.vault.pack;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Reads packs whole, trusting nothing that another file says about them. */
public final class PackReading {

    /** Enough for the header of nearly every pack. */
    private static final int TAIL = 16 * 1024;

    private final Backend backend;
    private final SealingKey key;

    public PackReading(Backend backend, SealingKey key) {
        this.backend = backend;
        this.key = key;
    }

    public static Handle handle(PackId pack) {
        return new Handle(FileType.PACK, pack.toString());
    }

    /** Every pack that is there, with its size. */
    public Map<PackId, Long> list() throws BackendException {
        Map<PackId, Long> sizes = new HashMap<>();
        for (Backend.Entry entry : backend.list(FileType.PACK)) {
            sizes.put(PackId.parse(entry.handle().name()), entry.size());
        }
        return sizes;
    }

    /** The pack's bytes, once they hash to its name. A missing pack is damage. */
    public byte[] load(PackId pack) throws BackendException, DamagedException {
        try {
            return SealedFiles.loadVerified(backend, handle(pack));
        } catch (BackendException e) {
            if (e.kind() == BackendException.Kind.NOT_FOUND) {
                throw new DamagedException("%s is missing".formatted(handle(pack)), e);
            }
            if (e.kind() == BackendException.Kind.DAMAGED) {
                throw new DamagedException("%s cannot be read".formatted(handle(pack)), e);
            }
            throw e;
        }
    }

    /** The pack as its own header describes it. */
    public Pack describe(PackId pack, byte[] content) throws DamagedException {
        return new Pack(pack, PackHeader.read(key, content));
    }

    /** The pack as its own header describes it, from its last bytes alone. What cannot be read is damage. */
    public Pack describe(PackId pack, long size) throws BackendException, DamagedException {
        byte[] tail = tail(pack, size, (int) Math.min(size, TAIL));
        int needed = PackHeader.length(tail, size);
        return new Pack(pack, PackHeader.read(key, needed <= tail.length ? tail : tail(pack, size, needed), size));
    }

    private byte[] tail(PackId pack, long size, int length) throws BackendException, DamagedException {
        try {
            return backend.load(handle(pack), size - length, length);
        } catch (BackendException e) {
            if (e.kind() == BackendException.Kind.NOT_FOUND || e.kind() == BackendException.Kind.DAMAGED) {
                throw new DamagedException("%s cannot be read: %s".formatted(handle(pack), e.getMessage()), e);
            }
            throw e;
        }
    }

    /** Reads a pack, compares its header with the index, opens and hashes the blobs chosen; gives the pack's size. */
    public long verify(Pack indexed, Predicate<BlobKey> chosen) throws BackendException, DamagedException {
        byte[] content = load(indexed.id());
        try {
            if (!describe(indexed.id(), content).equals(indexed)) {
                throw new DamagedException("its header differs from the index");
            }
            for (PackedBlob blob : indexed.blobs()) {
                if (chosen.test(blob.key())) {
                    blob.open(key, content, (int) blob.offset());
                }
            }
        } catch (DamagedException e) {
            throw new DamagedException("%s: %s".formatted(handle(indexed.id()), e.getMessage()), e);
        }
        return content.length;
    }
}
