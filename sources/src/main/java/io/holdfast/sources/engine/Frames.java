package io.holdfast.sources.engine;

import io.holdfast.sources.engine.EngineException.Reason;
import io.holdfast.sources.stream.BulkInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * The stdout of a command without a terminal. What it writes to stderr meanwhile goes to a tail.
 *
 * <pre>
 * stream = { kind 0x00 0x00 0x00 length payload }       kind 1: stdout, 2: stderr, 3: a failure of the engine
 * </pre>
 *
 * {@code length} is of four bytes, the highest first. A stream may end between two frames only.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/">Engine API, ContainerAttach</a>
 */
final class Frames extends BulkInput {

    private static final int HEADER = 8;
    private static final int MOST_OF_A_FAILURE = 4096;

    private final InputStream in;
    private final Tail stderr;
    private final Function<String, EngineException> lost;
    private long left;

    /** @param lost makes an exception of how the stream is wrong */
    Frames(InputStream in, Tail stderr, Function<String, EngineException> lost) {
        this.in = in;
        this.stderr = stderr;
        this.lost = lost;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (left == 0) {
            if (!nextFrame()) {
                return -1;
            }
        }
        int read = in.read(bytes, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw lost.apply("its output was cut");
        }
        left -= read;
        return read;
    }

    /** Until the next frame of stdout; false at the end. */
    private boolean nextFrame() throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length == 0) {
            return false;
        }
        if (header.length < HEADER) {
            throw lost.apply("its output was cut");
        }
        long length = ByteBuffer.wrap(header).getInt(4) & 0xffffffffL;
        switch (header[0]) {
            case 1 -> left = length;
            case 2 -> keep(length);
            case 3 ->
                throw new EngineException(
                        Reason.SERVER_ERROR,
                        "The engine failed while a command ran: "
                                + Printable.of(new String(
                                        in.readNBytes((int) Math.min(length, MOST_OF_A_FAILURE)),
                                        StandardCharsets.UTF_8)));
            default -> throw lost.apply("what came is not the output of a command");
        }
        return true;
    }

    private void keep(long length) throws IOException {
        byte[] buffer = new byte[(int) Math.min(length, 8192)];
        for (long todo = length; todo > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, todo));
            if (read < 0) {
                throw lost.apply("its output was cut");
            }
            stderr.write(buffer, 0, read);
            todo -= read;
        }
    }
}
