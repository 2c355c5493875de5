package io.holdfast.vault;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.repository.RepositoryConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes sure that a target is, or becomes, a copy of this repository and of no other. */
final class ReplicaIdentity {

    private final Repository source;
    private final Backend target;

    ReplicaIdentity(Repository source, Backend target) {
        this.source = source;
        this.target = target;
    }

    /** Copies keys and config where they are missing. Nothing is changed in a place that holds another repository. */
    void establish() throws IOException {
        byte[] config = source.backend().load(Handle.CONFIG);
        Optional<byte[]> theirs = Opening.config(target);
        if (theirs.isPresent()) {
            if (!Arrays.equals(theirs.get(), config) && !isSame(theirs.get())) {
                throw mismatch();
            }
        } else if (!belongsHere()) {
            throw mismatch();
        }
        List<Handle> present = Opening.listBeforeConfig(target, FileType.KEY).stream()
                .map(Backend.Entry::handle)
                .toList();
        for (Backend.Entry key : source.backend().list(FileType.KEY)) {
            if (!present.contains(key.handle())) {
                target.store(key.handle(), SealedFiles.loadVerified(source.backend(), key.handle()));
            }
        }
        if (theirs.isEmpty()) {
            target.store(Handle.CONFIG, config);
        }
    }

    private boolean isSame(byte[] sealed) {
        try {
            return RepositoryConfig.open(source.key(), sealed)
                    .id()
                    .equals(source.config().id());
        } catch (DamagedException e) {
            return false;
        }
    }

    /** Whether a place without config is empty, or holds files that this repository's key opens. */
    private boolean belongsHere() throws BackendException {
        SealedFiles files = new SealedFiles(target, source.key());
        boolean empty = true;
        for (FileType type : List.of(FileType.SNAPSHOT, FileType.INDEX)) {
            for (Backend.Entry entry : Opening.listBeforeConfig(target, type)) {
                empty = false;
                if (opens(files, entry.handle())) {
                    return true;
                }
            }
        }
        return empty;
    }

    private static boolean opens(SealedFiles files, Handle handle) throws BackendException {
        try {
            files.load(handle);
            return true;
        } catch (DamagedException e) {
            return false;
        }
    }

    private VaultException mismatch() {
        return new VaultException(
                VaultException.Code.MISMATCH,
                "Cannot replicate %s to %s: that place holds another repository, or a damaged config. Nothing was changed there. Give each repository a place of its own."
                        .formatted(source.backend().location(), target.location()));
    }
}
