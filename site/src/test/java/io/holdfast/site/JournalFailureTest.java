package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFailureTest {

    @TempDir
    private Path journal;

    private Path file;
    private String owner;

    @BeforeEach
    void aFileOfSomebody() throws IOException {
        file = Files.createFile(journal.resolve("b1.json"));
        owner = Files.getOwner(file).getName();
    }

    @Test
    void namesWhoseAFileIsAndAsWhomHoldfastRuns() {
        assertThat(told("nobody-else", new AccessDeniedException(file.toString())))
                .startsWith("HF-J11 ")
                .contains(file + " cannot be read or written: permission denied")
                .contains("it belongs to '%s', and Holdfast runs as 'nobody-else'".formatted(owner))
                .contains("Vaults and regions are not affected")
                .contains("Run Holdfast as '%s'".formatted(owner), "chown -R nobody-else " + journal);
    }

    @Test
    void blamesNoOtherOwnerForAFileOfOnesOwn() {
        assertThat(told(owner, new AccessDeniedException(file.toString())))
                .contains("permission denied to '%s'".formatted(owner), "the permissions of " + file)
                .doesNotContain("belongs to");
    }

    @Test
    void blamesNobodyForAFileThatItCannotLookAt() {
        Path hidden = journal.resolve("hidden/b1.json");

        assertThat(told("nobody-else", new AccessDeniedException(hidden.toString())))
                .contains(hidden + " cannot be read", "the directories above it")
                .doesNotContain("belongs to");
    }

    @Test
    void tellsAnyOtherReasonInWords() {
        assertThat(told(owner, new FileSystemException(file.toString(), null, "Input/output error")))
                .contains(file + ": Input/output error. Vaults and regions are not affected", "Look at the disk");
    }

    private String told(String user, IOException e) {
        return String.valueOf(new JournalFailure(journal, user).of(file, e).getMessage());
    }
}
