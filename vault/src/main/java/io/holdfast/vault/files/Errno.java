package io.holdfast.vault.files;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The errors of Linux that are told apart; their numbers are the same on x86-64 and aarch64. */
final class Errno {

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EBADF = 9;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int ENOTDIR = 20;
    static final int ERANGE = 34;
    static final int ENOTEMPTY = 39;
    static final int ENODATA = 61;
    static final int EOPNOTSUPP = 95;

    private Errno() {}

    /** Throws what a negative answer means. */
    static void check(Scratch scratch, long answer, Object shown) throws FileSystemException {
        if (answer < 0) {
            throw exception(scratch.errno(), shown);
        }
    }

    static FileSystemException exception(int errno, Object shown) {
        String file = shown.toString();
        return switch (errno) {
            case EPERM, EACCES -> new AccessDeniedException(file, null, LibC.describe(errno));
            case ENOENT -> new NoSuchFileException(file);
            case EEXIST -> new FileAlreadyExistsException(file);
            case ENOTDIR -> new NotDirectoryException(file);
            case ENOTEMPTY -> new DirectoryNotEmptyException(file);
            default -> new FileSystemException(file, null, LibC.describe(errno));
        };
    }
}
