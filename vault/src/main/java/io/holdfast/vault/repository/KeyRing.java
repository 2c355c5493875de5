package io.holdfast.vault.repository;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.KeyId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The key files of a repository. Each holds the same master key, sealed with another password. */
public final class KeyRing {

    /** How many passwords are tried, each taking about half a second by intent. */
    private static final int MOST_TRIED = 20;

    /** The master key and the file it came from. */
    public record Opened(KeyId id, SealingKey master) {}

    /**
     * How a search ended.
     *
     * @param opened the first file that fits the password
     * @param tried files that can be read and whose password is another
     * @param left files that were not tried, because so many others were
     * @param damaged what is wrong with files that cannot be read
     */
    public record Search(Optional<Opened> opened, int tried, int left, List<String> damaged) {}

    private final Backend backend;

    public KeyRing(Backend backend) {
        this.backend = backend;
    }

    public static Handle handle(KeyId id) {
        return new Handle(FileType.KEY, id.toString());
    }

    public List<KeyId> ids() throws BackendException {
        return backend.list(FileType.KEY).stream()
                .map(entry -> KeyId.parse(entry.handle().name()))
                .sorted()
                .toList();
    }

    /** The bytes of a key file, once they hash to its name. A missing one is damage. */
    public byte[] load(KeyId id) throws BackendException, DamagedException {
        try {
            return SealedFiles.loadVerified(backend, handle(id));
        } catch (BackendException e) {
            if (e.kind() == BackendException.Kind.NOT_FOUND || e.kind() == BackendException.Kind.DAMAGED) {
                throw new DamagedException("%s cannot be read: %s".formatted(handle(id), e.getMessage()), e);
            }
            throw e;
        }
    }

    /**
     * Looks for the file that fits a password. A damaged file stands in nobody's way while another fits.
     *
     * @param hint the beginning of the id of the file to try first
     */
    public Search find(byte[] password, Optional<String> hint) throws BackendException {
        List<String> damaged = new ArrayList<>();
        int tried = 0;
        List<KeyId> ids = inOrder(hint);
        for (KeyId id : ids) {
            if (tried == MOST_TRIED) {
                break;
            }
            try {
                Optional<SealingKey> master = KeyFile.open(load(id), password);
                if (master.isPresent()) {
                    return new Search(Optional.of(new Opened(id, master.get())), tried, 0, damaged);
                }
                tried++;
            } catch (DamagedException e) {
                damaged.add("%s: %s".formatted(handle(id), e.getMessage()));
            }
        }
        return new Search(Optional.empty(), tried, ids.size() - tried - damaged.size(), damaged);
    }

    /** Stores a key file for another password, and reads it back: what does not open is removed again. */
    public KeyId add(SealingKey master, byte[] password, String username, String hostname) throws IOException {
        byte[] file = KeyFile.write(master, password, Instant.now(), username, hostname);
        KeyId id = KeyId.ofContent(file);
        backend.store(handle(id), file);
        prove(id, password);
        return id;
    }

    public void remove(KeyId id) throws BackendException {
        backend.delete(handle(id));
    }

    private void prove(KeyId id, byte[] password) throws IOException {
        try {
            SealingKey read = KeyFile.open(load(id), password)
                    .orElseThrow(
                            () -> new DamagedException("%s does not open with its password".formatted(handle(id))));
            RepositoryConfig.open(read, backend.load(Handle.CONFIG));
            read.erase();
        } catch (IOException e) {
            remove(id);
            throw e;
        }
    }

    private List<KeyId> inOrder(Optional<String> hint) throws BackendException {
        return ids().stream()
                .sorted(Comparator.comparing((KeyId id) ->
                        !hint.filter(start -> id.toString().startsWith(start)).isPresent()))
                .toList();
    }
}
