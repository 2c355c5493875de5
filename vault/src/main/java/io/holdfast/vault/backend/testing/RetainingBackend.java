package io.holdfast.vault.backend.testing;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.ForwardingBackend;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A place without versions that keeps every file but locks from deletion for a time, and says so when asked to delete. */
public final class RetainingBackend extends ForwardingBackend {

    private final Duration retention;
    private final InstantSource clock;
    private final Map<Handle, Instant> kept = new ConcurrentHashMap<>();

    public RetainingBackend(Backend place, Duration retention, InstantSource clock) {
        super(place);
        this.retention = retention;
        this.clock = clock;
    }

    /** Until when the file is kept from deletion; long ago when it is not. */
    public Instant keptUntil(Handle handle) {
        return kept.getOrDefault(handle, Instant.MIN);
    }

    @Override
    public void store(Handle handle, byte[] buffer, int length) throws BackendException {
        super.store(handle, buffer, length);
        keep(handle, clock.instant().plus(retention));
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

    private void keep(Handle handle, Instant until) {
        if (handle.type() != FileType.LOCK) {
            kept.merge(handle, until, (old, asked) -> old.isAfter(asked) ? old : asked);
        }
    }
}
