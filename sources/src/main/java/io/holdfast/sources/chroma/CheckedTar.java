package io.holdfast.sources.chroma;

import io.holdfast.sources.stream.BulkInput;
import io.holdfast.vault.tar.TarEntry;
import io.holdfast.vault.tar.TarLimits;
import io.holdfast.vault.tar.TarReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Passes a tar of a data directory on as it is, and fails at its end unless its files are whole. */
final class CheckedTar extends BulkInput {

    private final InputStream in;
    private final TarReader tar;
    private final DataFiles files = new DataFiles();
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[64 * 1024];
    private byte[] piece = {};
    private int at;
    private boolean atEnd;

    CheckedTar(InputStream in) {
        this.in = in;
        tar = new TarReader(new Passing(), TarLimits.STANDARD);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == piece.length) {
            if (atEnd) {
                return -1;
            }
            goOn();
        }
        int read = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, bytes, offset, read);
        at += read;
        return read;
    }

    private void goOn() throws IOException {
        if (tar.content().read(buffer) < 0) {
            @Nullable TarEntry entry = tar.next();
            if (entry == null) {
                ended();
            } else {
                files.add(TarEntry.text(entry.path()), entry.metadata().size(), tar.content());
            }
        }
        piece = passed.toByteArray();
        passed.reset();
        at = 0;
    }

    private void ended() throws IOException {
        try {
            files.require();
        } catch (ChromaFailure e) {
            throw e.explained(ChromaFailure.NOTHING_CAPTURED);
        }
        atEnd = true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Keeps what the reader takes. */
    private final class Passing extends BulkInput {

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                passed.write(bytes, offset, read);
            }
            return read;
        }
    }
}
