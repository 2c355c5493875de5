package io.holdfast.vault.backend.testing;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A place without versions that keeps every file but locks from deletion for a time, and says so when asked to delete. */
public final class RetainingBackend implements Backend {

    private final Backend place;
    private final Duration retention;
    private final InstantSource clock;
    private final Map<Handle, Instant> kept = new ConcurrentHashMap<>();

    public RetainingBackend(Backend place, Duration retention, InstantSource clock) {
        this.place = place;
        this.retention = retention;
        this.clock = clock;
    }

    /** Until when the file is kept from deletion; long ago when it is not. */
    public Instant keptUntil(Handle handle) {
        return kept.getOrDefault(handle, Instant.MIN);
    }

    @Override
    public String location() {
        return place.location();
    }

    @Override
    public void store(Handle handle, byte[] content) throws BackendException {
        place.store(handle, content);
        keep(handle, clock.instant().plus(retention));
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
        if (keptUntil(handle).isAfter(clock.instant())) {
            throw Problem.with("delete", handle, location())
                    .because(
                            Kind.RETAINED,
                            "it is kept until " + keptUntil(handle),
                            "It was not deleted. Delete it after that.",
                            null);
        }
        place.delete(handle);
        kept.remove(handle);
    }

    @Override
    public boolean hashesArrivals() {
        return place.hashesArrivals();
    }

    @Override
    public Optional<Duration> retention() {
        return Optional.of(retention);
    }

    @Override
    public boolean retain(Handle handle, Instant until) throws BackendException {
        place.size(handle);
        if (handle.type() == FileType.LOCK || !keptUntil(handle).isBefore(until)) {
            return false;
        }
        keep(handle, clock.instant().plus(retention));
        keep(handle, until);
        return true;
    }

    @Override
    public void close() throws BackendException {
        place.close();
    }

    private void keep(Handle handle, Instant until) {
        if (handle.type() != FileType.LOCK) {
            kept.merge(handle, until, (old, asked) -> old.isAfter(asked) ? old : asked);
        }
    }
}
