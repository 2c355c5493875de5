package io.holdfast.restore;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lets nothing through any more once it is cut: a compressor can be closed without ending what it wrote. */
final class CuttableStream extends FilterOutputStream {

    private boolean cut;

    CuttableStream(OutputStream out) {
        super(out);
    }

    void cut() {
        cut = true;
    }

    @Override
    public void write(int single) throws IOException {
        if (!cut) {
            out.write(single);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!cut) {
            out.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        if (!cut) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (!cut) {
            out.close();
        }
    }
}
