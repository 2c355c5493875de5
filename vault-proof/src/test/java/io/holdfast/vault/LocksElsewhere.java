package io.holdfast.vault;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.ForwardingBackend;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.MemoryBackend;
import java.util.List;

/** A place that keeps locks in memory: what a thread asks of the disk is then for other files from the first call. */
final class LocksElsewhere extends ForwardingBackend {

    private final MemoryBackend locks = new MemoryBackend();

    LocksElsewhere(Backend place) {
        super(place);
    }

    @Override
    public void store(Handle handle, byte[] buffer, int length) throws BackendException {
        of(handle.type()).store(handle, buffer, length);
    }

    @Override
    public byte[] load(Handle handle) throws BackendException {
        return of(handle.type()).load(handle);
    }

    @Override
    public List<Entry> list(FileType type) throws BackendException {
        return of(type).list(type);
    }

    @Override
    public void delete(Handle handle) throws BackendException {
        of(handle.type()).delete(handle);
    }

    private Backend of(FileType type) {
        return type == FileType.LOCK ? locks : place;
    }
}
