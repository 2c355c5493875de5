package io.holdfast.vault.backend;

import io.holdfast.vault.backend.BackendException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A place that reads each file back once it is stored, and stores it again once when it is not what was sent: for whoever
 * is about to rely on nothing else, above all to delete what the file replaces. A file that is wrong a second time is
 * removed, so that nobody takes it for what its name promises.
 */
public final class ProvingBackend implements Backend {

    private static final int PART = 1024 * 1024;

    private final Backend place;

    private ProvingBackend(Backend place) {
        this.place = place;
    }

    /** The place itself where it {@link Backend#hashesArrivals hashes} what arrives, or is read back already. */
    public static Backend over(Backend place) {
        return place.hashesArrivals() || place instanceof ProvingBackend ? place : new ProvingBackend(place);
    }

    @Override
    public void store(Handle handle, byte[] content) throws BackendException {
        store(handle, content, content.length);
    }

    @Override
    public void store(Handle handle, byte[] buffer, int length) throws BackendException {
        place.store(handle, buffer, length);
        if (!holds(handle, buffer, length)) {
            place.store(handle, buffer, length);
            if (!holds(handle, buffer, length)) {
                BackendException damaged = Problem.with("store", handle, location())
                        .because(
                                Kind.DAMAGED,
                                "what lies there is not what was sent, also the second time",
                                "Nothing else was changed. Do not trust this place: check its disk and this machine's memory.",
                                null);
                remove(handle, damaged);
                throw damaged;
            }
        }
    }

    private void remove(Handle handle, BackendException damaged) {
        try {
            place.delete(handle);
        } catch (BackendException e) {
            damaged.addSuppressed(e);
        }
    }

    private boolean holds(Handle handle, byte[] content, int length) throws BackendException {
        Backend stored = place.uncached();
        try {
            if (stored.size(handle) != length) {
                return false;
            }
            for (int from = 0; from < length; from += PART) {
                int to = Math.min(length, from + PART);
                byte[] part = stored.load(handle, from, to - from);
                if (!Arrays.equals(part, 0, part.length, content, from, to)) {
                    return false;
                }
            }
            return true;
        } catch (BackendException e) {
            if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.DAMAGED) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public String location() {
        return place.location();
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
    public Backend uncached() {
        return over(place.uncached());
    }

    @Override
    public void close() throws BackendException {
        place.close();
    }
}
