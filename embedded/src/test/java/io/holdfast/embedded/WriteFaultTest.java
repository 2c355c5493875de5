package io.holdfast.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteFaultTest {

    @TempDir
    private Path directory;

    @Test
    void tellsAFullDiskFromOneWithoutInodes() {
        assertThat(WriteFault.ofSpace(directory, 1L << 60).orElseThrow().told("All is safe."))
                .matches(
                        "only [0-9]+ KiB are free on the disk of .*, and 1125899906842624 are needed\\. All is safe\\..*")
                .contains("df -h " + directory);
        assertThat(told("No space left on device")).contains("no inode left", "df -i " + directory);
    }

    @Test
    void findsNothingWrongWhereThereIsSpace() {
        assertThat(WriteFault.ofSpace(directory, 1)).isEmpty();
        assertThat(WriteFault.probe(directory)).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void namesTheLimitOfOpenFiles() {
        assertThat(told("Too many open files"))
                .containsPattern("more open files at once than the [0-9]+ it may \\(ulimit -n\\)");
    }

    @Test
    void namesAFileSystemThatIsMountedReadOnly() {
        assertThat(told("Read-only file system")).contains("is mounted read-only", "findmnt -T " + directory);
    }

    @Test
    void namesAQuota() {
        assertThat(told("Disk quota exceeded")).contains("quota on the disk of " + directory.resolve("not-there"));
    }

    @Test
    void blamesNothingElseOnTheMachine() {
        assertThat(WriteFault.behind(new IOException("Permission denied"), directory))
                .isEmpty();
        assertThat(WriteFault.of(new IOException("odd"), "it is odd", directory).told("All is safe."))
                .isEqualTo("it is odd. All is safe. Make it writable for this user, then start again.");
    }

    private String told(String reason) {
        var wrapped = new IllegalStateException(
                "cannot make a bean", new UncheckedIOException(new FileSystemException("journal", null, reason)));
        return WriteFault.behind(wrapped, directory.resolve("not-there"))
                .orElseThrow()
                .told("All is safe.");
    }
}
