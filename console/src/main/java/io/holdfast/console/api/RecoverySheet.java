package io.holdfast.console.api;

import io.holdfast.console.problem.Code;
import io.holdfast.console.problem.ConsoleProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.springframework.http.HttpStatus;

/** Whether an operator has said that the recovery sheet (where, which password, how) is kept somewhere else. */
final class RecoverySheet {

    private final Path file;

    RecoverySheet(Path stateDirectory) {
        this.file = stateDirectory.resolve("recovery-sheet-confirmed");
    }

    boolean isConfirmed() {
        return Files.exists(file);
    }

    void confirm(String by, Instant at) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    "%s %s%n".formatted(at, by),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DSYNC);
        } catch (IOException e) {
            throw new ConsoleProblem(
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            Code.STATE_DIRECTORY,
                            "The confirmation could not be written to %s: %s. Backups are not affected; the status goes on to warn. Let this user write there, or free some space, and confirm again."
                                    .formatted(file, e.getClass().getSimpleName()))
                    .causedBy(e);
        }
    }
}
