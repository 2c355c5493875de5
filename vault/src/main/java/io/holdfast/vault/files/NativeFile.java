package io.holdfast.vault.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.holdfast.vault.tree.Metadata;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Objects;

/** A regular file as a file descriptor of Linux. */
final class NativeFile extends OpenFile {

    private static final byte[] SELF = {};
    private static final long WORTH_READING_AHEAD = 256 * 1024;
    private static final int MOST_AT_ONCE = 512 * 1024;

    private final int descriptor;
    private final Object path;
    private final Owners owners;
    private boolean closed;

    private NativeFile(int descriptor, Object path, Owners owners) {
        this.descriptor = descriptor;
        this.path = path;
        this.owners = owners;
    }

    /** Takes over the descriptor, and closes it if it is not a regular file's. */
    static NativeFile of(int descriptor, Object path, Owners owners) throws IOException {
        NativeFile file = new NativeFile(descriptor, path, owners);
        try {
            MemorySegment struct = file.look();
            if (!Statx.isRegularFile(struct)) {
                throw new FileSystemException(path.toString(), null, "is not a regular file");
            }
            if (Statx.size(struct) > WORTH_READING_AHEAD) {
                Reading.advise(Scratch.get(), descriptor, LibC.POSIX_FADV_SEQUENTIAL);
            }
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public Metadata stat() throws IOException {
        return Statx.metadata(look(), owners, List.of());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (closed) {
            throw new ClosedChannelException();
        }
        if (length == 0) {
            return 0;
        }
        int wanted = Math.min(length, MOST_AT_ONCE);
        Scratch scratch = Scratch.get();
        MemorySegment room = scratch.buffer(wanted);
        long read;
        do {
            read = Reading.read(scratch, descriptor, room, wanted);
        } while (read < 0 && scratch.errno() == Errno.EINTR);
        if (read < 0) {
            throw Errno.exception(scratch.errno(), path);
        }
        MemorySegment.copy(room, JAVA_BYTE, 0, buffer, offset, (int) read);
        return read == 0 ? -1 : (int) read;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Reading.close(Scratch.get(), descriptor);
        }
    }

    private MemorySegment look() throws IOException {
        Scratch scratch = Scratch.get();
        int answer = Reading.statx(scratch, descriptor, scratch.path(SELF), LibC.AT_EMPTY_PATH);
        Errno.check(scratch, answer, path);
        return scratch.struct();
    }
}
