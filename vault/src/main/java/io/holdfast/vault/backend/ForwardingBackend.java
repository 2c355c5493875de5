package io.holdfast.vault.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Passes every call on to a place. Whoever wraps one overrides what it does differently, and so forgets none of what the
 * place promises. Both ways to store come down to the one with a buffer, both ways to load a part to the one without.
 */
public abstract class ForwardingBackend implements Backend {

    protected final Backend place;

    protected ForwardingBackend(Backend place) {
        this.place = place;
    }

    @Override
    public String location() {
        return place.location();
    }

    @Override
    public final void store(Handle handle, byte[] content) throws BackendException {
        store(handle, content, content.length);
    }

    @Override
    public void store(Handle handle, byte[] buffer, int length) throws BackendException {
        place.store(handle, buffer, length);
    }

    @Override
    public boolean hashesArrivals() {
        return place.hashesArrivals();
    }

    @Override
    public byte[] load(Handle handle) throws BackendException {
        return place.load(handle);
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws BackendException {
        return place.load(handle, offset, length);
    }

    @Override
    public long size(Handle handle) throws BackendException {
        return place.size(handle);
    }

    @Override
    public Optional<Instant> storedAt(Handle handle) throws BackendException {
        return place.storedAt(handle);
    }

    @Override
    public List<Entry> list(FileType type) throws BackendException {
        return place.list(type);
    }

    @Override
    public void delete(Handle handle) throws BackendException {
        place.delete(handle);
    }

    @Override
    public Optional<Duration> retention() {
        return place.retention();
    }

    @Override
    public boolean retain(Handle handle, Instant until) throws BackendException {
        return place.retain(handle, until);
    }

    @Override
    public void close() throws BackendException {
        place.close();
    }
}
