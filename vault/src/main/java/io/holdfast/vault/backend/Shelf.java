package io.holdfast.vault.backend;

import java.util.List;

/** A place below which repositories lie side by side, each under a name. It exists already, though it may be empty. */
public interface Shelf {

    /** Where this is, in the form an operator would type it. */
    String location();

    /** The names of everything that lies directly below it and has something below itself, in no order. Complete, or an exception. */
    List<String> names() throws BackendException;

    /** The place under a name, where there may be nothing yet; nothing is read or written there before the first call. */
    Backend open(String name) throws BackendException;

    /** Removes what a place whose last file has gone leaves behind, as empty directories. */
    void clear(String name) throws BackendException;
}
