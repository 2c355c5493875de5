package io.holdfast.vault.backend.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Whole arrays to and from files in slices, because a channel keeps a native buffer as large as its largest call. */
final class ChannelBytes {

    private static final int SLICE = 1 << 20;

    private ChannelBytes() {}

    static void write(FileChannel channel, byte[] content) throws IOException {
        for (int done = 0; done < content.length; ) {
            done += channel.write(ByteBuffer.wrap(content, done, Math.min(SLICE, content.length - done)));
        }
    }

    /** Fills the array from the file's bytes at the offset; returns how many there were. */
    static int read(FileChannel channel, long offset, byte[] into) throws IOException {
        int done = 0;
        while (done < into.length) {
            int read = channel.read(ByteBuffer.wrap(into, done, Math.min(SLICE, into.length - done)), offset + done);
            if (read < 0) {
                break;
            }
            done += read;
        }
        return done;
    }
}
