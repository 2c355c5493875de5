package io.holdfast.sources.engine;

import io.holdfast.sources.stream.BulkInput;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;

/**
 * What comes from a command that is fed. One that ends before it has read all it was given, as a program does that knows
 * where its input ends, leaves the engine to close a connection with something unread in it; the kernel then reports a
 * reset in place of the end, once all that was printed has been read.
 */
final class ResetIsEnd extends BulkInput {

    private final InputStream in;

    ResetIsEnd(InputStream in) {
        this.in = in;
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
