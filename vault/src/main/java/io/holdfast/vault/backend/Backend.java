package io.holdfast.vault.backend;

import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A place that holds a repository's files: a directory, a bucket. It knows names and types, never contents.
 *
 * <p>Every method may be called from several threads at once and throws {@link BackendException} with a kind that says
 * whether asking again can help.
 */
public interface Backend extends Closeable {

    /** One listed file. */
    record Entry(Handle handle, long size) {}

    /** Where this is, in the form an operator would type it; never with a secret. */
    String location();

    /**
     * Stores a file whole. When this returns the file survives a power loss, and at no time can a reader see a part of it.
     * Storing a handle that exists already is harmless: its content is the same, because its name is its hash; and if it is
     * not, it is replaced. Only {@code config}, which has no hash for a name, is never replaced by a different one:
     * {@code MISCONFIGURED}.
     *
     * @param content may be used for something else afterwards
     */
    void store(Handle handle, byte[] content) throws BackendException;

    /** Stores what a buffer begins with. */
    default void store(Handle handle, byte[] buffer, int length) throws BackendException {
        store(handle, length == buffer.length ? buffer : Arrays.copyOf(buffer, length));
    }

    /**
     * Whether the place shows by itself, before {@code store} returns, that it holds what was sent. Where it does not,
     * {@link ProvingBackend} reads it back.
     */
    default boolean hashesArrivals() {
        return false;
    }

    /** Loads a whole file; {@code NOT_FOUND} when there is none. */
    byte[] load(Handle handle) throws BackendException;

    /** Loads exactly {@code length} bytes from {@code offset}; fewer is {@code DAMAGED}. */
    byte[] load(Handle handle, long offset, int length) throws BackendException;

    /** The same, into the beginning of a buffer. */
    default void load(Handle handle, long offset, int length, byte[] buffer) throws BackendException {
        System.arraycopy(load(handle, offset, length), 0, buffer, 0, length);
    }

    /** The file's size in bytes; {@code NOT_FOUND} when there is none. */
    long size(Handle handle) throws BackendException;

    /** When the file was stored, by the place's own clock; empty where the place does not tell. */
    default Optional<Instant> storedAt(Handle handle) throws BackendException {
        return Optional.empty();
    }

    /** Every file of the type, in no order. Complete, or an exception: a partial listing is never returned. */
    List<Entry> list(FileType type) throws BackendException;

    /**
     * Deletes a file; one that does not exist is no error, and one that the place keeps from deletion still is
     * {@code RETAINED}. Where the place keeps versions, the file is gone from listings and loads, and its last version
     * stays until the place's own rules remove it.
     */
    void delete(Handle handle) throws BackendException;

    /** How long the place keeps a file from deletion once it is stored; empty where it does not. Locks are never kept. */
    default Optional<Duration> retention() {
        return Optional.empty();
    }

    /**
     * Sees to it that a file is kept from deletion until then at least. Where the place has a {@link #retention()} and the
     * file is kept for less, it is kept as long as if it were stored now, or until then if that is later; no retention is
     * ever shortened. Elsewhere, and for locks, this does nothing.
     *
     * @return whether the retention had to be extended
     */
    default boolean retain(Handle handle, Instant until) throws BackendException {
        return false;
    }

    /** The place itself, past any cache: for whoever must see what lies there now. */
    default Backend uncached() {
        return this;
    }

    @Override
    void close() throws BackendException;
}
