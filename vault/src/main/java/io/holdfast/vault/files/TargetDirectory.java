package io.holdfast.vault.files;

import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An open directory that is changed. A name is never followed: what is changed lies in this very directory. Names must be
 * {@linkplain Name#isSafe safe}.
 */
public interface TargetDirectory extends Directory, Inode {

    /** Opens a directory; links on the way to it are followed. */
    static TargetDirectory open(Path path) throws IOException {
        return Platform.open(path);
    }

    @Override
    TargetDirectory open(Name name) throws IOException;

    /** Holds an entry, whatever it is, to change its attributes. */
    Inode hold(Name name) throws IOException;

    void makeDirectory(Name name, int permissions) throws IOException;

    /** Makes an empty file with mode 0600; one that exists is a {@link java.nio.file.FileAlreadyExistsException}. */
    TargetFile create(Name name) throws IOException;

    /** Opens a regular file that exists. */
    TargetFile write(Name name) throws IOException;

    void makeLink(Name name, Name target) throws IOException;

    /** Makes a fifo or a device with mode 0600. */
    void makeSpecial(Name name, NodeType type, long device) throws IOException;

    /** Gives an entry of this directory a second name elsewhere on the same file system. */
    void makeHardLink(Name existing, TargetDirectory directory, Name name) throws IOException;

    /** Gives an entry another name within this directory, at once and in place of what has that name. */
    void rename(Name from, Name to) throws IOException;

    /** Removes anything but a directory. */
    void remove(Name name) throws IOException;

    /** Removes an empty directory. */
    void removeDirectory(Name name) throws IOException;

    /** Returns when the names in this directory survive a power loss. */
    void sync() throws IOException;

    /**
     * Returns true when everything that was written to this directory's file system, by whomever, survives a power loss;
     * false where the system has no such call.
     */
    boolean syncFileSystem() throws IOException;

    @Override
    void close();
}
