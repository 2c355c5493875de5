package io.holdfast.sources.stream;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is read in pieces. Whatever is asked of it, bytes passed over too, goes through the one way to read. */
public abstract class BulkInput extends InputStream {

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] bytes, int offset, int length) throws IOException;
}
