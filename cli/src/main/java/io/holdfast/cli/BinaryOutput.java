package io.holdfast.cli;

import io.holdfast.vault.VaultException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes as the result of a command. */
final class BinaryOutput {

    private static final int BUFFER = 1 << 16;

    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private BinaryOutput() {}

    /** Writes to standard output; a reader that has gone is told apart from a repository that cannot be read. */
    static void write(Surroundings surroundings, Writing writing) throws VaultException {
        ReaderWatch watch = new ReaderWatch(surroundings.stdout());
        try {
            BufferedOutputStream buffered = new BufferedOutputStream(watch, BUFFER);
            writing.to(buffered);
            buffered.flush();
        } catch (VaultException e) {
            if (watch.isBroken()) {
                throw watch.broken().causedBy(e);
            }
            throw e;
        } catch (IOException e) {
            throw watch.broken().causedBy(e);
        }
    }
}
