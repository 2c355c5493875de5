package io.holdfast.vault.crypto;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.ProvingBackend;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.Digest;
import java.util.Arrays;

/**
 * The small sealed JSON files of a repository: index, snapshots, locks.
 *
 * <pre>
 * file  = sealed(plain)
 * plain = 0x02 zstd-frame(JSON) | JSON, as version 1 wrote it
 * name  = SHA-256(file)
 * </pre>
 */
public final class SealedFiles {

    private static final byte COMPRESSED = 2;

    /** An index of a million blobs takes less. */
    private static final int MOST = 1 << 28;

    private final Backend backend;
    private final Backend proving;
    private final SealingKey key;
    private final Compression.Level compression;

    /** @param compression how the repository's version wants its files written; anything is read */
    public SealedFiles(Backend backend, SealingKey key, Compression.Level compression) {
        this.backend = backend;
        proving = ProvingBackend.over(backend);
        this.key = key;
        this.compression = compression;
    }

    /** Returns once the place has shown that it holds the file; of a lock, once it is stored. */
    public Handle store(FileType type, byte[] json) throws BackendException {
        byte[] sealed = key.seal(compression == Compression.Level.NONE ? json : compressed(json));
        Handle handle = new Handle(type, Digest.ofContent(sealed).toString());
        (type == FileType.LOCK ? backend : proving).store(handle, sealed);
        return handle;
    }

    private static byte[] compressed(byte[] json) {
        byte[] frame = Compression.compress(json);
        byte[] plain = new byte[1 + frame.length];
        plain[0] = COMPRESSED;
        System.arraycopy(frame, 0, plain, 1, frame.length);
        return plain;
    }

    public byte[] load(Handle handle) throws BackendException, DamagedException {
        return open(handle, loadVerified(backend, handle));
    }

    /** The JSON within a file whose name has been verified already. */
    public byte[] open(Handle handle, byte[] sealed) throws DamagedException {
        try {
            byte[] plain = key.open(sealed);
            if (plain.length > 0 && (plain[0] == '{' || plain[0] == '[')) {
                return plain;
            }
            if (plain.length > 0 && plain[0] == COMPRESSED) {
                return Compression.decompressUpTo(plain, 1, MOST);
            }
            throw new DamagedException("its encoding is unknown");
        } catch (DamagedException e) {
            throw new DamagedException("%s cannot be opened: %s".formatted(handle, e.getMessage()), e);
        }
    }

    /** A file's bytes as stored, once they hash to the file's name; read a second time before calling it damaged. */
    public static byte[] loadVerified(Backend backend, Handle handle) throws BackendException, DamagedException {
        byte[] content = backend.load(handle);
        if (!matches(handle, content)) {
            content = backend.load(handle);
        }
        if (!matches(handle, content)) {
            throw new DamagedException("%s is damaged: its content does not hash to its name".formatted(handle));
        }
        return content;
    }

    private static boolean matches(Handle handle, byte[] content) {
        return Arrays.equals(
                Digest.parse(handle.name()).bytes(), Digest.ofContent(content).bytes());
    }
}
