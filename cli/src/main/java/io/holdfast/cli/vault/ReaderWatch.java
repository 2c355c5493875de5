package io.holdfast.cli.vault;

import io.holdfast.cli.terminal.CliException;
import io.holdfast.cli.terminal.Code;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Tells a reader that went away from a repository that cannot be read. */
final class ReaderWatch extends FilterOutputStream {

    private final String name;
    private boolean failed;

    /** @param name of what is written to, for the message */
    ReaderWatch(OutputStream out, String name) {
        super(out);
        this.name = name;
    }

    boolean isBroken() {
        return failed;
    }

    CliException broken() {
        return Code.OUTPUT_CLOSED.because(
                "Cannot write to %s: its reader has gone or its disk is full. What was written is not complete; the repository is unharmed."
                        .formatted(name));
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }
}
