package io.holdfast.vault.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file as a channel. */
final class PlainTargetFile extends PlainInode implements TargetFile {

    private final FileChannel channel;

    PlainTargetFile(FileChannel channel, Path path) {
        super(path);
        this.channel = channel;
    }

    @Override
    public void write(byte[] bytes, int offset, int length, long position) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(bytes, offset, length);
        while (content.hasRemaining()) {
            channel.write(content, position + content.position() - offset);
        }
    }

    @Override
    public void setSize(long size) throws IOException {
        if (size < channel.size()) {
            channel.truncate(size);
        } else if (size > channel.size()) {
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    @Override
    public void sync() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
