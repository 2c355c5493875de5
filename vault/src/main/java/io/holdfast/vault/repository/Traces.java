package io.holdfast.vault.repository;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import java.util.List;
import java.util.Optional;

/** What can be seen at a place where there may be no repository yet, or only a part of one. */
public final class Traces {

    private Traces() {}

    /** The stored config; nothing when there is none. */
    public static Optional<byte[]> config(Backend backend) throws BackendException {
        try {
            return Optional.of(backend.load(Handle.CONFIG));
        } catch (BackendException e) {
            if (e.kind() == BackendException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** A listing where no config may be: a place that would only be made with its first file is empty. */
    public static List<Backend.Entry> list(Backend backend, FileType type) throws BackendException {
        try {
            return backend.list(type);
        } catch (BackendException e) {
            if (e.kind() == BackendException.Kind.MISCONFIGURED) {
                return List.of();
            }
            throw e;
        }
    }
}
