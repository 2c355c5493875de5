package io.holdfast.vault.backend.local;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a file system's failure means for a repository in the directory. */
record LocalFailures(Path root) {

    /** For a file that was to be read or deleted. Where the whole directory is missing, so is the repository. */
    BackendException of(Problem problem, Handle handle, IOException e) {
        if (e instanceof NoSuchFileException && handle.type() == FileType.CONFIG) {
            return problem.because(
                    Kind.NOT_FOUND,
                    "there is no repository in this directory",
                    "Nothing was changed. Correct the path, mount the disk, or initialise a repository there.",
                    e);
        }
        return of(problem, e, 0);
    }

    /** @param wanted the bytes that were to be written; 0 for a read */
    BackendException of(Problem problem, IOException e, long wanted) {
        return switch (e) {
            case NoSuchFileException _ when !Files.isDirectory(root) -> noRoot(problem, e);
            case NoSuchFileException _ ->
                problem.because(
                        Kind.NOT_FOUND, "there is no such file", "Nothing was changed. Check what is there.", e);
            case AccessDeniedException _ -> denied(problem, "permission denied", e);
            case NotDirectoryException _, FileAlreadyExistsException _ -> notADirectory(problem, e);
            default -> byState(problem, e, wanted);
        };
    }

    private BackendException byState(Problem problem, IOException e, long wanted) {
        String reason = reason(e);
        if (has(reason, "read-only file system") || (wanted > 0 && isReadOnly())) {
            return denied(problem, "the file system is mounted read-only", e);
        }
        if (has(reason, "not permitted")) {
            return denied(problem, reason, e);
        }
        if (has(reason, "no space left") || has(reason, "quota exceeded") || usable() < wanted) {
            return problem.because(
                    Kind.FULL,
                    reason,
                    "Everything stored before is safe. Free space or raise the quota on that file system, then try"
                            + " again.",
                    e);
        }
        if (has(reason, "not a directory")) {
            return notADirectory(problem, e);
        }
        return problem.because(
                Kind.UNREACHABLE,
                reason,
                "Nothing stored before was changed. Look at the disk or mount and the kernel's log, then try again.",
                e);
    }

    BackendException noRoot(Problem problem, @Nullable IOException e) {
        return problem.because(
                Kind.MISCONFIGURED,
                "the directory does not exist",
                "Nothing was changed. Mount the disk it lies on, or correct the path.",
                e);
    }

    BackendException missing(Problem problem, String directory) {
        return problem.because(
                Kind.MISCONFIGURED,
                "the repository's directory '%s' is missing although its config is there".formatted(directory),
                "Nothing was changed. Look for it on the disk; bring it back from another copy if it is lost. Only if"
                        + " this copy came from an object store and had no such files, create it empty.",
                null);
    }

    BackendException gone(Problem problem) {
        return problem.because(
                Kind.MISCONFIGURED,
                "the repository that was here is gone, its config cannot be found",
                "Nothing was changed. Mount the disk it lies on again.",
                null);
    }

    private static BackendException notADirectory(Problem problem, IOException e) {
        return problem.because(
                Kind.MISCONFIGURED,
                "a file is where a directory should be: " + e.getMessage(),
                "Nothing was changed. Correct the path.",
                e);
    }

    private static BackendException denied(Problem problem, String why, IOException e) {
        return problem.because(
                Kind.DENIED, why, "Nothing was changed. Let the user this runs as read and write there.", e);
    }

    private static String reason(IOException e) {
        String reason =
                e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private static boolean has(String reason, String words) {
        return reason.toLowerCase(Locale.ROOT).contains(words);
    }

    private boolean isReadOnly() {
        try {
            return Files.getFileStore(root).isReadOnly();
        } catch (IOException _) {
            return false;
        }
    }

    private long usable() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException _) {
            return Long.MAX_VALUE;
        }
    }
}
