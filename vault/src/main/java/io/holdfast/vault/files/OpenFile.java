package io.holdfast.vault.files;

import io.holdfast.vault.tree.Metadata;
import java.io.IOException;
import java.io.InputStream;

/** A regular file open for reading. For one thread. */
public abstract class OpenFile extends InputStream {

    /** The metadata of the very file that is open, without extended attributes, as it is now. */
    public abstract Metadata stat() throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] buffer, int offset, int length) throws IOException;
}
