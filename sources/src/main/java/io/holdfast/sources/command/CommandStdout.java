package io.holdfast.sources.command;

import io.holdfast.sources.component.SourceException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a command prints, with its failures in an operator's words; printing nothing is one if asked for. */
final class CommandStdout extends FilterInputStream {

    private final UnaryOperator<IOException> failure;
    private final @Nullable Supplier<SourceException> ifEmpty;
    private boolean isEmpty = true;

    CommandStdout(InputStream stdout, UnaryOperator<IOException> failure, @Nullable Supplier<SourceException> ifEmpty) {
        super(stdout);
        this.failure = failure;
        this.ifEmpty = ifEmpty;
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
            read = super.read(bytes, offset, length);
        } catch (IOException e) {
            throw failure.apply(e);
        }
        if (read < 0 && isEmpty && ifEmpty != null) {
            throw ifEmpty.get();
        }
        isEmpty &= read <= 0;
        return read;
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }
}
