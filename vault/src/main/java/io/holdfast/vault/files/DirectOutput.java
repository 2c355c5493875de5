package io.holdfast.vault.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.Closeable;
import java.lang.foreign.MemorySegment;

/**
 * Writes large pieces of a file past the page cache (open(2), O_DIRECT), where the file system says that it can and how
 * they have to lie (statx(2), STATX_DIOALIGN). A copy into the cache takes more than all else that a piece costs, and puts
 * out of it what is in use. By several threads at once, at different positions.
 */
final class DirectOutput implements Closeable {

    /**
     * Where pieces begin and end in the file. More than file systems ask for: the page cache, which has what lies before
     * and after them, keeps nothing that reaches beyond, so the two never hold the same bytes.
     */
    private static final int ALIGNMENT = 64 * 1024;

    /** Less is sooner copied than waited for. */
    private static final int WORTHWHILE = 4 * ALIGNMENT;

    private static final int MOST_AT_ONCE = 1024 * 1024;

    /** No file descriptor. */
    private static final int NONE = -1;

    private final int file;
    private int descriptor = NONE;
    private boolean opened;

    /** @param file a descriptor that stays open for as long as this is used */
    DirectOutput(int file) {
        this.file = file;
    }

    /** The first position from here on where a piece may begin. */
    static long begin(long position) {
        return Math.ceilDiv(position, ALIGNMENT) * ALIGNMENT;
    }

    /**
     * Writes bytes to a position where a piece may begin, as many as make a piece; fewer, or none, where that fails or is
     * not worth it. What is left is to be written otherwise.
     *
     * @return how many were written
     */
    int write(byte[] bytes, int offset, int length, long position) {
        int piece = length - length % ALIGNMENT;
        int to = piece < WORTHWHILE ? NONE : descriptor();
        int done = 0;
        while (to != NONE && done < piece) {
            Scratch scratch = Scratch.get();
            int step = Math.min(piece - done, MOST_AT_ONCE);
            MemorySegment content = scratch.buffer(step);
            MemorySegment.copy(bytes, offset + done, content, JAVA_BYTE, 0, step);
            long written = Writing.pwrite(scratch, to, content, step, position + done);
            done += (int) Math.max(0, written);
            if (written < step) {
                break;
            }
        }
        return done;
    }

    private synchronized int descriptor() {
        if (!opened) {
            opened = true;
            Scratch scratch = Scratch.get();
            if (Reading.alignment(scratch, file) == 0
                    && Statx.isDirectWithin(scratch.struct(), Scratch.PAGE, ALIGNMENT)) {
                int flags = LibC.O_WRONLY | LibC.O_DIRECT | LibC.O_CLOEXEC;
                descriptor = Math.max(NONE, Reading.openat(scratch, LibC.AT_FDCWD, scratch.descriptor(file), flags, 0));
            }
        }
        return descriptor;
    }

    @Override
    public synchronized void close() {
        if (descriptor != NONE) {
            Reading.close(Scratch.get(), descriptor);
            descriptor = NONE;
        }
        opened = true;
    }
}
