package io.holdfast.vault;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import java.util.List;

/** Answers until a given number of changes has been made; from then on nothing is changed any more, as if power were lost. */
final class FailingBackend implements Backend {

    private final Backend backend;
    private int changesLeft;

    FailingBackend(Backend backend, int changesLeft) {
        this.backend = backend;
        this.changesLeft = changesLeft;
    }

    boolean hasFailed() {
        return changesLeft < 0;
    }

    @Override
    public String location() {
        return backend.location();
    }

    @Override
    public void store(Handle handle, byte[] content) throws BackendException {
        change();
        backend.store(handle, content);
    }

    @Override
    public byte[] load(Handle handle) throws BackendException {
        return backend.load(handle);
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws BackendException {
        return backend.load(handle, offset, length);
    }

    @Override
    public long size(Handle handle) throws BackendException {
        return backend.size(handle);
    }

    @Override
    public List<Entry> list(FileType type) throws BackendException {
        return backend.list(type);
    }

    @Override
    public void delete(Handle handle) throws BackendException {
        change();
        backend.delete(handle);
    }

    @Override
    public void close() {}

    private void change() throws BackendException {
        if (changesLeft-- <= 0) {
            changesLeft = -1;
            throw new BackendException(BackendException.Kind.UNREACHABLE, "power lost", null);
        }
    }
}
