package io.holdfast.sources.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/** A stream whose failures are told in an operator's words. */
public final class ExplainedInput extends BulkInput {

    private final InputStream in;
    private final UnaryOperator<IOException> explained;

    public ExplainedInput(InputStream in, UnaryOperator<IOException> explained) {
        this.in = in;
        this.explained = explained;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException e) {
            throw explained.apply(e);
        }
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
