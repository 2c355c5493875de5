package io.holdfast.site;

import io.holdfast.vault.feedback.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What keeps a service from its journal, for an operator: of a file that is denied the system gives no more than the path. */
record JournalFailure(Path journal, String user) {

    JournalFailure(Path journal) {
        this(journal, System.getProperty("user.name", ""));
    }

    IOException of(Path path, IOException e) {
        return e instanceof AccessDeniedException denied
                ? denied(denied.getFile() == null ? path : Path.of(denied.getFile()), denied)
                : failure(path, Problem.reason(e), "Look at the disk and at what lies there.", e);
    }

    private IOException denied(Path path, IOException e) {
        Optional<String> other = owner(path).filter(owner -> !owner.equals(user));
        String allow = "let '%s' have the journal: chown -R %s %s".formatted(user, user, journal);
        return other.isPresent()
                ? failure(
                        path,
                        "permission denied: it belongs to '%s', and Holdfast runs as '%s'".formatted(other.get(), user),
                        "Run Holdfast as '%s', or %s".formatted(other.get(), allow),
                        e)
                : failure(
                        path,
                        "permission denied to '%s', as whom Holdfast runs".formatted(user),
                        "See to the permissions of %s and of the directories above it, or %s".formatted(path, allow),
                        e);
    }

    private static Optional<String> owner(Path path) {
        try {
            return Optional.of(Files.getOwner(path).getName());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static IOException failure(Path path, String why, String remedy, IOException e) {
        return new IOException(
                "HF-J11 The journal cannot be used, since %s cannot be read or written: %s. Vaults and regions are not affected, and what is to be done stays in the journal. %s"
                        .formatted(path, why, remedy),
                e);
    }
}
