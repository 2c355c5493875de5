package io.holdfast.vault.backend.cache;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers from a cache what it can. A part of a pack of trees brings the whole pack, because more of it follows. */
final class CachedBackend implements Backend {

    private static final int STRIPES = 64;

    private final Backend place;
    private final CachedFiles files;
    private final List<Object> loading =
            Stream.generate(Object::new).limit(STRIPES).toList();

    CachedBackend(Backend place, CachedFiles files) {
        this.place = place;
        this.files = files;
    }

    @Override
    public String location() {
        return place.location();
    }

    @Override
    public void store(Handle handle, byte[] content) throws BackendException {
        place.store(handle, content);
        if (isCached(handle)) {
            files.keep(handle, content);
        }
    }

    @Override
    public byte[] load(Handle handle) throws BackendException {
        if (!isCached(handle)) {
            return place.load(handle);
        }
        Optional<byte[]> known = files.load(handle);
        return known.isPresent() ? known.get() : loadAndKeep(handle);
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws BackendException {
        if (!handle.holdsTrees() || !files.areKept()) {
            return place.load(handle, offset, length);
        }
        Optional<byte[]> known = files.load(handle, offset, length);
        if (known.isPresent()) {
            return known.get();
        }
        synchronized (loading.get(Math.floorMod(handle.hashCode(), STRIPES))) {
            known = files.load(handle, offset, length);
            return known.isPresent() ? known.get() : part(loadAndKeep(handle), handle, offset, length);
        }
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
        files.forget(handle);
    }

    @Override
    public boolean hashesArrivals() {
        return place.hashesArrivals();
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
        return place.uncached();
    }

    @Override
    public void close() throws BackendException {
        place.close();
    }

    private static boolean isCached(Handle handle) {
        return switch (handle.type()) {
            case INDEX, SNAPSHOT -> true;
            case PACK -> handle.holdsTrees();
            case CONFIG, KEY, LOCK -> false;
        };
    }

    private byte[] loadAndKeep(Handle handle) throws BackendException {
        byte[] content = place.load(handle);
        files.keep(handle, content);
        return content;
    }

    private byte[] part(byte[] whole, Handle handle, long offset, int length) throws BackendException {
        if (offset + length > whole.length) {
            throw Problem.with("load", handle, location())
                    .because(
                            Kind.DAMAGED,
                            "%d bytes were wanted from offset %d, the file has %d"
                                    .formatted(length, offset, whole.length),
                            "Nothing was changed. Check this repository and repair the file from another copy.",
                            null);
        }
        return Arrays.copyOfRange(whole, (int) offset, (int) offset + length);
    }
}
