package io.holdfast.vault.backend.cache;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.ForwardingBackend;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers from a cache what it can. A part of a pack of trees brings the whole pack, because more of it follows. */
final class CachedBackend extends ForwardingBackend {

    private static final int STRIPES = 64;

    private final CachedFiles files;
    private final List<Object> loading =
            Stream.generate(Object::new).limit(STRIPES).toList();

    CachedBackend(Backend place, CachedFiles files) {
        super(place);
        this.files = files;
    }

    @Override
    public void store(Handle handle, byte[] buffer, int length) throws BackendException {
        place.store(handle, buffer, length);
        if (isCached(handle)) {
            files.keep(handle, Arrays.copyOf(buffer, length));
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
    public void delete(Handle handle) throws BackendException {
        place.delete(handle);
        files.forget(handle);
    }

    @Override
    public Backend uncached() {
        return place.uncached();
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
