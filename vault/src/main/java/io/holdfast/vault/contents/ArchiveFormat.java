package io.holdfast.vault.contents;

import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import java.io.IOException;

/** Writes the entries of one archive, in order, to a stream that stays open. Names are paths with slashes between. */
interface ArchiveFormat {

    void directory(Name name, Metadata metadata) throws IOException;

    /** Begins a file, which is followed by exactly so many bytes. */
    void file(Name name, Metadata metadata, long size) throws IOException;

    void content(byte[] bytes) throws IOException;

    void endFile() throws IOException;

    /** Another name of a file that came before; whether the format can tell. */
    boolean hasLinks();

    void link(Name name, Metadata metadata, Name first) throws IOException;

    /** A symbolic link, device or fifo. */
    void special(Name name, Node node) throws IOException;

    void finish() throws IOException;
}
