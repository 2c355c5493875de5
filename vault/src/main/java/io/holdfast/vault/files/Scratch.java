package io.holdfast.vault.files;

import io.holdfast.vault.foreign.NativeCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** The memory in which one thread makes its system calls: arguments, answers and the last error. */
final class Scratch {

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);
    private static final byte[] DESCRIPTORS = "/proc/self/fd/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};
    private static final int TEXT = 4400;
    private static final int BUFFER = 64 * 1024;

    /** Multiples of this are where buffers begin. */
    static final int PAGE = 4096;

    private final MemorySegment state = NativeCall.state(Arena.ofAuto());
    private MemorySegment first = Arena.ofAuto().allocate(TEXT);
    private MemorySegment second = Arena.ofAuto().allocate(TEXT);
    private final MemorySegment struct = Arena.ofAuto().allocate(Statx.BYTES, Long.BYTES);
    private MemorySegment buffer = Arena.ofAuto().allocate(BUFFER, PAGE);

    private Scratch() {}

    static Scratch get() {
        return OF_THREAD.get();
    }

    MemorySegment state() {
        return state;
    }

    int errno() {
        return NativeCall.errno(state);
    }

    /** Room for what a call answers in a struct. */
    MemorySegment struct() {
        return struct;
    }

    /** Room for the bytes that a call reads or writes, at least 64 KiB. */
    MemorySegment buffer() {
        return buffer;
    }

    MemorySegment buffer(long bytes) {
        if (buffer.byteSize() < bytes) {
            buffer = Arena.ofAuto().allocate(bytes, PAGE);
        }
        return buffer;
    }

    /** A path as an argument. */
    MemorySegment path(byte[] raw) {
        first = terminated(first, raw, 0);
        return first;
    }

    /** The name of a directory's entry as an argument; one that leaves the directory is an IllegalArgumentException. */
    MemorySegment name(byte[] raw) {
        first = terminated(first, single(raw), 0);
        return first;
    }

    /** A second argument beside {@link #path}, {@link #name} or {@link #within}. */
    MemorySegment other(byte[] raw) {
        second = terminated(second, raw, 0);
        return second;
    }

    MemorySegment otherName(byte[] raw) {
        second = terminated(second, single(raw), 0);
        return second;
    }

    /** The path by which the kernel leads to an open file itself, wherever that lies by now. */
    MemorySegment descriptor(int file) {
        first = terminated(first, NOTHING, descriptorPath(file));
        return first;
    }

    /** The path to an entry of an open directory, for the calls that take no directory. */
    MemorySegment within(int directory, byte[] name) {
        long at = descriptorPath(directory);
        first.set(ValueLayout.JAVA_BYTE, at, (byte) '/');
        first = terminated(first, single(name), at + 1);
        return first;
    }

    private long descriptorPath(int file) {
        MemorySegment.copy(DESCRIPTORS, 0, first, ValueLayout.JAVA_BYTE, 0, DESCRIPTORS.length);
        long at = DESCRIPTORS.length;
        int scale = 1;
        while (file / scale >= 10) {
            scale *= 10;
        }
        for (; scale > 0; scale /= 10) {
            first.set(ValueLayout.JAVA_BYTE, at++, (byte) ('0' + file / scale % 10));
        }
        return at;
    }

    private static byte[] single(byte[] name) {
        boolean isParent = name.length == 2 && name[0] == '.' && name[1] == '.';
        for (byte each : name) {
            if (each == '/' || isParent) {
                throw new IllegalArgumentException("a name leaves its directory");
            }
        }
        return name;
    }

    private static MemorySegment terminated(MemorySegment room, byte[] raw, long at) {
        for (byte each : raw) {
            if (each == 0) {
                throw new IllegalArgumentException("a name holds a zero byte");
            }
        }
        MemorySegment text = at + raw.length < room.byteSize()
                ? room
                : Arena.ofAuto().allocate(at + raw.length + 1).copyFrom(room.asSlice(0, at));
        MemorySegment.copy(raw, 0, text, ValueLayout.JAVA_BYTE, at, raw.length);
        text.set(ValueLayout.JAVA_BYTE, at + raw.length, (byte) 0);
        return text;
    }
}
