package io.holdfast.sources.process;

import io.holdfast.sources.process.CommandFailed.Reason;
import io.holdfast.sources.stream.BulkInput;
import java.io.IOException;

/** The stdout of a command, which ends well only if the command does. */
final class CommandStream extends BulkInput {

    private final Watched command;
    private boolean told;

    CommandStream(Watched command) {
        this.command = command;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (told) {
            return -1;
        }
        try {
            int read = command.read(bytes, offset, length);
            told = read < 0;
            return read;
        } catch (IOException e) {
            told = true;
            throw e;
        }
    }

    /** @throws CommandFailed if the end was not reached, nor a failure told: NOT_READ */
    @Override
    public void close() throws IOException {
        if (!told) {
            told = true;
            throw command.end(Reason.NOT_READ);
        }
        command.close();
    }
}
