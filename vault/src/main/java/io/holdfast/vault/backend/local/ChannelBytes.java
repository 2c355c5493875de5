package io.holdfast.vault.backend.local;

import io.holdfast.vault.backend.Bandwidth;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Whole arrays to and from files, no faster than the bandwidth allows; in slices, because a channel keeps a native buffer
 * as large as its largest call.
 */
record ChannelBytes(Bandwidth bandwidth) {

    private static final int SLICE = 1 << 20;

    /** Writes what a buffer begins with. */
    void write(FileChannel channel, byte[] buffer, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int slice = Math.min(SLICE, length - done);
            bandwidth.upload(slice);
            ByteBuffer bytes = ByteBuffer.wrap(buffer, done, slice);
            while (bytes.hasRemaining()) {
                done += channel.write(bytes);
            }
        }
    }

    /** Fills the beginning of a buffer from the file's bytes at the offset; returns how many there were. */
    int read(FileChannel channel, long offset, byte[] buffer, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int read = channel.read(ByteBuffer.wrap(buffer, done, Math.min(SLICE, length - done)), offset + done);
            if (read < 0) {
                break;
            }
            bandwidth.download(read);
            done += read;
        }
        return done;
    }
}
