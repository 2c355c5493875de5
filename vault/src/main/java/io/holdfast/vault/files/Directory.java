package io.holdfast.vault.files;

import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/**
 * An open directory of this machine. Its entries are named by the bytes that the file system holds, and none of its
 * methods follows a symbolic link: what a name led to when it was looked up is what is read.
 *
 * <p>On Linux it is a file descriptor, so the directory may be renamed or replaced meanwhile. Elsewhere it is a path,
 * and less is kept; a line in the log says what.
 *
 * <p>Failures are those of {@link java.nio.file}, with the path: {@link NoSuchFileException},
 * {@link AccessDeniedException}, {@link NotDirectoryException}, and {@link java.nio.file.FileSystemException} with the
 * system's own words for the rest.
 *
 * <p>May be used by several threads, {@link #names} and {@link #close} by one at a time.
 */
public interface Directory extends Closeable {

    /** Opens a directory; links on the way to it are followed. */
    static Directory open(Path path) throws IOException {
        return Platform.open(path);
    }

    /** The metadata of what a path names, without following it if it is a link. */
    static Metadata stat(Path path) throws IOException {
        return Platform.stat(path);
    }

    /** Where it was opened, for messages; bytes that are no text are not shown as they are. */
    Path path();

    /** The names of its entries, in the order of their bytes. */
    List<Name> names() throws IOException;

    /** The directory's own metadata. */
    Metadata stat() throws IOException;

    default Metadata stat(Name name) throws IOException {
        return look(name).withAttributes(attributes(name));
    }

    /** As {@link #stat(Name)}, without extended attributes. */
    Metadata look(Name name) throws IOException;

    /** Only the extended attributes of {@link #stat(Name)}. */
    List<ExtendedAttribute> attributes(Name name) throws IOException;

    /** Opens a directory within; anything else, a link to a directory too, is a {@link NotDirectoryException}. */
    Directory open(Name name) throws IOException;

    /**
     * Opens a regular file for reading, without changing its time of access where that is allowed. Never waits for the
     * other end of a fifo.
     */
    OpenFile read(Name name) throws IOException;

    /** Where a symbolic link points, as raw bytes. */
    Name link(Name name) throws IOException;

    @Override
    void close();
}
