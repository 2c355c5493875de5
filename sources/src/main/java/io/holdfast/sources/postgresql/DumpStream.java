package io.holdfast.sources.postgresql;

import io.holdfast.sources.component.SourceException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/** The output of a program that dumps, which has to begin as its format does; its failures are told with a code. */
final class DumpStream extends FilterInputStream {

    private final byte[] magic;
    private final UnaryOperator<IOException> explained;
    private int seen;

    DumpStream(InputStream output, byte[] magic, UnaryOperator<IOException> explained) {
        super(output);
        this.magic = magic.clone();
        this.explained = explained;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read;
        try {
            read = in.read(bytes, offset, length);
        } catch (IOException e) {
            throw explained.apply(e);
        }
        for (int i = 0; i < read && seen < magic.length; i++, seen++) {
            if (bytes[offset + i] != magic[seen]) {
                throw noDump("begins as no dump does");
            }
        }
        if (read < 0 && seen < magic.length) {
            throw noDump(seen == 0 ? "is empty" : "ends at once");
        }
        return read;
    }

    private static SourceException noDump(String how) {
        return new SourceException(
                "HF-Q46",
                "What PostgreSQL's program printed %s, though it ended well. No snapshot was made; earlier ones are safe. Run it by hand to see why."
                        .formatted(how));
    }

    @Override
    public void close() throws IOException {
        try {
            in.close();
        } catch (IOException e) {
            throw explained.apply(e);
        }
    }
}
