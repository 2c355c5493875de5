package io.holdfast.sources.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;

/**
 * What comes from a command that is fed. One that ends before it has read all it was given, as a program does that knows
 * where its input ends, leaves the engine to close a connection with something unread in it; the kernel then reports a
 * reset in place of the end, once all that was printed has been read.
 */
final class ResetIsEnd extends FilterInputStream {

    ResetIsEnd(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (SocketException _) {
            return -1;
        }
    }
}
