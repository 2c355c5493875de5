package io.holdfast.vault.feedback;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Something that did not go as asked while the rest went on.
 *
 * @param path the file or repository file concerned
 * @param what what is wrong with it, for an operator
 */
public record Problem(String path, String what) {

    public static Problem of(Object path, IOException e) {
        return new Problem(path.toString(), reason(e));
    }

    /** Why it went wrong, for an operator; of one of the JDK's own with what it concerns. */
    public static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case AccessDeniedException denied -> denied.getFile() + " may not be accessed";
            case FileAlreadyExistsException present -> present.getFile() + " is in the way";
            case FileSystemException other
            when other.getReason() != null -> "%s: %s".formatted(other.getFile(), other.getReason());
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    @Override
    public String toString() {
        return path + ": " + what;
    }
}
