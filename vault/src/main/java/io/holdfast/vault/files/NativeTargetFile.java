package io.holdfast.vault.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A regular file of Linux, open for writing. */
final class NativeTargetFile extends NativeInode implements TargetFile {

    private static final int MOST_AT_ONCE = 1024 * 1024;

    private final DirectOutput direct;

    NativeTargetFile(int descriptor, Object shown, Owners owners) {
        super(descriptor, shown, owners);
        direct = new DirectOutput(descriptor);
    }

    @Override
    public void write(byte[] bytes, int offset, int length, long position) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int before = (int) Math.min(length, DirectOutput.begin(position) - position);
        int after = before + direct.write(bytes, offset + before, length - before, position + before);
        writeCached(bytes, offset, before, position);
        writeCached(bytes, offset + after, length - after, position + after);
    }

    private void writeCached(byte[] bytes, int offset, int length, long position) throws IOException {
        Scratch scratch = Scratch.get();
        int done = 0;
        while (done < length) {
            int piece = Math.min(length - done, MOST_AT_ONCE);
            MemorySegment content = scratch.buffer(piece);
            MemorySegment.copy(bytes, offset + done, content, JAVA_BYTE, 0, piece);
            done += written(scratch, content, piece, position + done);
        }
    }

    private int written(Scratch scratch, MemorySegment content, int length, long position) throws IOException {
        long written = Writing.pwrite(scratch, descriptor(), content, length, position);
        if (written < 0 && scratch.errno() != Errno.EINTR) {
            check(scratch, written);
        }
        return (int) Math.max(0, written);
    }

    @Override
    public void setSize(long size) throws IOException {
        Scratch scratch = Scratch.get();
        check(scratch, Writing.ftruncate(scratch, descriptor(), size));
    }

    @Override
    public void close() {
        direct.close();
        super.close();
    }

    @Override
    public void sync() throws IOException {
        fsync();
    }
}
