package io.holdfast.vault.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.holdfast.vault.tree.ExtendedAttribute;
import io.holdfast.vault.tree.Metadata;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A file descriptor of Linux; one that only holds its file ({@code O_PATH}) will do. Calls that take no such descriptor
 * get the name that the kernel has for it, which leads to the file itself.
 */
sealed class NativeInode implements Inode permits NativeDirectory, NativeTargetFile {

    private static final byte[] SELF = {};

    private final int descriptor;
    private final Object shown;
    private final Owners owners;
    private boolean closed;

    /** @param shown where it was opened, as text for messages */
    NativeInode(int descriptor, Object shown, Owners owners) {
        this.descriptor = descriptor;
        this.shown = shown;
        this.owners = owners;
    }

    final int descriptor() {
        return descriptor;
    }

    final Owners owners() {
        return owners;
    }

    final void check(Scratch scratch, long result) throws IOException {
        Errno.check(scratch, result, shown);
    }

    @Override
    public final Metadata stat() throws IOException {
        Scratch scratch = Scratch.get();
        check(scratch, Reading.statx(scratch, descriptor, scratch.path(SELF), LibC.AT_EMPTY_PATH));
        return Statx.metadata(scratch.struct(), owners, attributes());
    }

    @Override
    public final List<ExtendedAttribute> attributes() throws IOException {
        Scratch scratch = Scratch.get();
        return Xattrs.FOLLOWING.read(scratch, scratch.descriptor(descriptor), shown);
    }

    @Override
    public final void setOwner(long uid, long gid) throws IOException {
        Scratch scratch = Scratch.get();
        MemorySegment self = scratch.path(SELF);
        check(scratch, Writing.fchownat(scratch, descriptor, self, (int) uid, (int) gid, LibC.AT_EMPTY_PATH));
    }

    @Override
    public final void setPermissions(int permissions) throws IOException {
        Scratch scratch = Scratch.get();
        check(scratch, Writing.chmod(scratch, scratch.descriptor(descriptor), permissions));
    }

    @Override
    public final void setTimes(Instant atime, Instant mtime) throws IOException {
        Scratch scratch = Scratch.get();
        MemorySegment times = scratch.struct();
        times.set(JAVA_LONG, 0, atime.getEpochSecond());
        times.set(JAVA_LONG, 8, atime.getNano());
        times.set(JAVA_LONG, 16, mtime.getEpochSecond());
        times.set(JAVA_LONG, 24, mtime.getNano());
        check(scratch, Writing.utimensat(scratch, scratch.descriptor(descriptor), times));
    }

    @Override
    public final void setAttribute(ExtendedAttribute attribute) throws IOException {
        Scratch scratch = Scratch.get();
        byte[] value = attribute.value();
        MemorySegment content = scratch.buffer(value.length);
        MemorySegment.copy(value, 0, content, JAVA_BYTE, 0, value.length);
        MemorySegment name = scratch.other(attribute.name().getBytes(StandardCharsets.UTF_8));
        check(scratch, Writing.setxattr(scratch, scratch.descriptor(descriptor), name, content, value.length));
    }

    @Override
    public final void removeAttribute(String name) throws IOException {
        Scratch scratch = Scratch.get();
        MemorySegment argument = scratch.other(name.getBytes(StandardCharsets.UTF_8));
        check(scratch, Writing.removexattr(scratch, scratch.descriptor(descriptor), argument));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Reading.close(Scratch.get(), descriptor);
        }
    }

    final void fsync() throws IOException {
        Scratch scratch = Scratch.get();
        check(scratch, Writing.fsync(scratch, descriptor));
    }
}
