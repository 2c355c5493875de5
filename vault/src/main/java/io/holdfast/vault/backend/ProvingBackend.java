package io.holdfast.vault.backend;

import io.holdfast.vault.backend.BackendException.Kind;
import java.util.Arrays;

/**
 * A place that reads each file back once it is stored, and stores it again once when it is not what was sent: for whoever
 * is about to rely on nothing else, above all to delete what the file replaces. A file that is wrong a second time is
 * removed, so that nobody takes it for what its name promises.
 */
public final class ProvingBackend extends ForwardingBackend {

    private static final int PART = 1024 * 1024;

    private ProvingBackend(Backend place) {
        super(place);
    }

    /** The place itself where it {@link Backend#hashesArrivals hashes} what arrives, or is read back already. */
    public static Backend over(Backend place) {
        return place.hashesArrivals() || place instanceof ProvingBackend ? place : new ProvingBackend(place);
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

    @Override
    public void load(Handle handle, long offset, int length, byte[] buffer) throws BackendException {
        place.load(handle, offset, length, buffer);
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
    public Backend uncached() {
        return over(place.uncached());
    }
}
