package io.holdfast.vault.files;

import io.holdfast.vault.tree.Metadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/** A file as a channel, which tells nothing about itself; its path does. */
final class PlainFile extends OpenFile {

    private final SeekableByteChannel channel;
    private final Path path;

    PlainFile(SeekableByteChannel channel, Path path) {
        this.channel = channel;
        this.path = path;
    }

    @Override
    public Metadata stat() throws IOException {
        return PlainStat.of(path);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(buffer, offset, length));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
