package io.holdfast.vault;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.chunk.Polynomial;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.NativeCompression;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.KeyId;
import io.holdfast.vault.model.RepositoryId;
import io.holdfast.vault.repository.KeyRing;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.repository.RepositoryConfig;
import io.holdfast.vault.repository.Self;
import io.holdfast.vault.repository.Traces;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes repositories and opens them with a password. */
final class Opening {

    /** What was opened, and the file whose password opened it. */
    record Opened(Repository repository, KeyId key) {}

    private Opening() {}

    static Opened init(Backend backend, Password password, Polynomial polynomial) throws IOException {
        Optional<Handle> found = anyPart(backend);
        if (found.isPresent()) {
            throw new VaultException(
                    VaultException.Code.REPOSITORY_EXISTS,
                    "Cannot make a repository at %s: %s exists there. Nothing was changed. Open the repository, or choose an empty place."
                            .formatted(backend.location(), found.get()));
        }
        NativeCompression.load();
        SealingKey master = SealingKey.random();
        RepositoryConfig config = new RepositoryConfig(RepositoryConfig.VERSION, RepositoryId.random(), polynomial);
        byte[] keyFile =
                password.with(secret -> KeyFile.write(master, secret, Instant.now(), Self.USERNAME, Self.HOSTNAME));
        KeyId key = KeyId.ofContent(keyFile);
        backend.store(KeyRing.handle(key), keyFile);
        backend.store(Handle.CONFIG, config.seal(master));
        return new Opened(Repository.of(backend, master, config), key);
    }

    /** A file that shows that a repository is or was there. */
    private static Optional<Handle> anyPart(Backend backend) throws IOException {
        if (Traces.config(backend).isPresent()) {
            return Optional.of(Handle.CONFIG);
        }
        for (FileType type : List.of(FileType.KEY, FileType.SNAPSHOT)) {
            List<Backend.Entry> files = Traces.list(backend, type);
            if (!files.isEmpty()) {
                return Optional.of(files.getFirst().handle());
            }
        }
        return Optional.empty();
    }

    static Opened open(Backend backend, Password password, VaultOptions options) throws IOException {
        byte[] sealed = loadConfig(backend);
        KeyRing.Opened key = findKey(backend, password, options.keyHint());
        RepositoryConfig config = RepositoryConfig.open(key.master(), sealed);
        if (config.version() < 1 || config.version() > RepositoryConfig.VERSION) {
            throw new VaultException(
                    VaultException.Code.UNSUPPORTED,
                    "Cannot open the repository at %s: its format version %d is unknown. Nothing was changed. Use a newer program."
                            .formatted(backend.location(), config.version()));
        }
        NativeCompression.load();
        Backend read = options.cache()
                .map(cache -> cache.over(backend, config.id().toString()))
                .orElse(backend);
        return new Opened(Repository.of(read, key.master(), config), key.id());
    }

    private static byte[] loadConfig(Backend backend) throws IOException {
        return Traces.config(backend)
                .orElseThrow(() -> new VaultException(
                        VaultException.Code.NO_REPOSITORY,
                        "Cannot open %s: there is no config file, so it is no repository. Nothing was changed. Check the address, or make a repository there with init."
                                .formatted(backend.location())));
    }

    private static KeyRing.Opened findKey(Backend backend, Password password, Optional<String> hint)
            throws IOException {
        KeyRing.Search search = password.with(secret -> new KeyRing(backend).find(secret, hint));
        if (search.opened().isPresent()) {
            return search.opened().get();
        }
        String damaged = String.join("; ", search.damaged());
        if (search.tried() == 0 && !damaged.isEmpty()) {
            throw new DamagedException("no key file can be read: " + damaged);
        }
        throw new VaultException(
                VaultException.Code.WRONG_PASSWORD,
                "Cannot open the repository at %s: no key matches the password%s%s. Nothing was changed. %s"
                        .formatted(
                                backend.location(),
                                damaged.isEmpty() ? "" : ", and not every key file can be read (" + damaged + ")",
                                search.left() == 0
                                        ? ""
                                        : "; %d keys were tried, and %d were not"
                                                .formatted(search.tried(), search.left()),
                                search.left() == 0
                                        ? "Use the password it was made with."
                                        : "Use the password it was made with, or say which key it belongs to."));
    }
}
