package io.holdfast.vault;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;

/** Counts what is read from a source, and tells its failures from those of the repository being written. */
final class SourceStream extends FilterInputStream {

    /** The source could not be read. */
    static final class ReadException extends IOException {

        private final IOException reason;

        ReadException(IOException reason) {
            super(reason);
            this.reason = reason;
        }

        IOException reason() {
            return reason;
        }
    }

    private final Progress progress;
    private long count;

    SourceStream(InputStream in, Progress progress) {
        super(in);
        this.progress = progress;
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read;
        try {
            read = super.read(buffer, offset, length);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new ReadException(e);
        }
        if (read > 0) {
            count += read;
            progress.advanced(0, read);
        }
        return read;
    }
}
