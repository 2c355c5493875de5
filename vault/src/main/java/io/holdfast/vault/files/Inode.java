package io.holdfast.vault.files;

import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Something in a file system that is held open while its attributes are changed, so that they reach this and nothing else,
 * whatever its name leads to meanwhile. It may be a symbolic link itself.
 */
public interface Inode extends Closeable {

    Metadata stat() throws IOException;

    /** Only the extended attributes of {@link #stat}. */
    List<ExtendedAttribute> attributes() throws IOException;

    /** A new owner takes setuid and setgid bits and capabilities away. */
    void setOwner(long uid, long gid) throws IOException;

    /** Permission bits, including setuid, setgid, sticky; symbolic links have none. */
    void setPermissions(int permissions) throws IOException;

    void setTimes(Instant atime, Instant mtime) throws IOException;

    void setAttribute(ExtendedAttribute attribute) throws IOException;

    void removeAttribute(String name) throws IOException;

    @Override
    void close();
}
