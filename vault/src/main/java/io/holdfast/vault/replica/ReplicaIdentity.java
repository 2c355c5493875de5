package io.holdfast.vault.replica;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.KeyId;
import io.holdfast.vault.repository.KeyRing;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.repository.RepositoryConfig;
import io.holdfast.vault.repository.Traces;
import java.io.IOException;
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
        if (!isOurs(RepositoryConfig.open(source.key(), config))) {
            throw mismatch();
        }
        Optional<byte[]> theirs = Traces.config(target);
        boolean ours =
                theirs.isPresent() ? opened(theirs.get()).filter(this::isOurs).isPresent() : isEmpty() || holdsOurs();
        if (!ours) {
            throw mismatch();
        }
        copyKeys();
        if (theirs.isEmpty()) {
            target.store(Handle.CONFIG, config);
        }
    }

    /** Refuses a place that is another repository's. One whose config is missing or damaged is told by its other files. */
    void mustBelong() throws IOException {
        Optional<byte[]> theirs = Traces.config(target);
        Optional<RepositoryConfig> opened = theirs.flatMap(this::opened);
        boolean ours = opened.isPresent() ? isOurs(opened.get()) : holdsOurs() || (theirs.isEmpty() && isEmpty());
        if (!ours) {
            throw mismatch();
        }
    }

    /** Makes room for the config where one does not open that is this repository's, and establishes it again. */
    void restore() throws IOException {
        mustBelong();
        Optional<byte[]> theirs = Traces.config(target);
        if (theirs.isPresent() && opened(theirs.get()).isEmpty()) {
            RepositoryConfig.open(source.key(), source.backend().load(Handle.CONFIG));
            target.delete(Handle.CONFIG);
        }
        establish();
    }

    /** Those that only the target has stay. */
    private void copyKeys() throws IOException {
        List<Handle> present = Traces.list(target, FileType.KEY).stream()
                .map(Backend.Entry::handle)
                .toList();
        KeyRing keys = new KeyRing(source.backend());
        for (KeyId id : keys.ids()) {
            if (!present.contains(KeyRing.handle(id))) {
                target.store(KeyRing.handle(id), keys.load(id));
            }
        }
    }

    private boolean isOurs(RepositoryConfig config) {
        return config.id().equals(source.config().id());
    }

    private Optional<RepositoryConfig> opened(byte[] sealed) {
        try {
            return Optional.of(RepositoryConfig.open(source.key(), sealed));
        } catch (DamagedException e) {
            return Optional.empty();
        }
    }

    private boolean isEmpty() throws BackendException {
        return Traces.list(target, FileType.SNAPSHOT).isEmpty()
                && Traces.list(target, FileType.INDEX).isEmpty();
    }

    private boolean holdsOurs() throws BackendException {
        SealedFiles files = source.filesAt(target);
        for (FileType type : List.of(FileType.SNAPSHOT, FileType.INDEX)) {
            for (Backend.Entry entry : Traces.list(target, type)) {
                if (opens(files, entry.handle())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean opens(SealedFiles files, Handle handle) throws BackendException {
        try {
            files.load(handle);
            return true;
        } catch (DamagedException e) {
            return false;
        }
    }

    private MismatchException mismatch() {
        return new MismatchException(source.backend().location(), target.location());
    }
}
