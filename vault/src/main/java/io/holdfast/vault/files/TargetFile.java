package io.holdfast.vault.files;

import java.io.IOException;

/** A regular file open for writing. For one thread at a time. */
public interface TargetFile extends Inode {

    /** Writes all the bytes at a position in the file. */
    void write(byte[] bytes, int offset, int length, long position) throws IOException;

    /** Cuts the file, or lengthens it by a hole that takes no room and reads as zeros. */
    void setSize(long size) throws IOException;

    /** Returns when content and attributes survive a power loss. */
    void sync() throws IOException;
}
