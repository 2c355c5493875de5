package io.holdfast.vault.backend.testing;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendContractTest;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.Handle;

class MemoryBackendTest extends BackendContractTest {

    @Override
    protected Backend open() throws BackendException {
        MemoryBackend memory = new MemoryBackend();
        memory.store(Handle.CONFIG, config());
        return memory;
    }
}
