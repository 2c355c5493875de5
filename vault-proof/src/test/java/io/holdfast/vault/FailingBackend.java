package io.holdfast.vault;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.ForwardingBackend;
import io.holdfast.vault.backend.Handle;

/** Answers until a given number of changes has been made; from then on nothing is changed any more, as if power were lost. */
final class FailingBackend extends ForwardingBackend {

    private int changesLeft;

    FailingBackend(Backend backend, int changesLeft) {
        super(backend);
        this.changesLeft = changesLeft;
    }

    boolean hasFailed() {
        return changesLeft < 0;
    }

    @Override
    public void store(Handle handle, byte[] buffer, int length) throws BackendException {
        change();
        super.store(handle, buffer, length);
    }

    @Override
    public void delete(Handle handle) throws BackendException {
        change();
        super.delete(handle);
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
