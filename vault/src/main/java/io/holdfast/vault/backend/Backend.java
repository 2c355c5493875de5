package io.holdfast.vault.backend;

import java.io.Closeable;
import java.util.List;

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
     * Stores a file whole. When this returns the file survives a power loss, and at no time can a reader see a part of
     * it. Storing a handle that exists already is harmless: its content is the same, because its name is its hash.
     */
    void store(Handle handle, byte[] content) throws BackendException;

    /** Loads a whole file; {@code NOT_FOUND} when there is none. */
    byte[] load(Handle handle) throws BackendException;

    /** Loads exactly {@code length} bytes from {@code offset}; fewer is {@code DAMAGED}. */
    byte[] load(Handle handle, long offset, int length) throws BackendException;

    /** The file's size in bytes; {@code NOT_FOUND} when there is none. */
    long size(Handle handle) throws BackendException;

    /** Every file of the type, in no order. Complete, or an exception: a partial listing is never returned. */
    List<Entry> list(FileType type) throws BackendException;

    /** Deletes a file; one that does not exist is no error. */
    void delete(Handle handle) throws BackendException;

    @Override
    void close() throws BackendException;
}
