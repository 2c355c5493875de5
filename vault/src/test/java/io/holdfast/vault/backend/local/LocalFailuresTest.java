package io.holdfast.vault.backend.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LocalFailuresTest {

    @TempDir
    Path root;

    static Stream<Arguments> meanings() {
        return Stream.of(
                Arguments.of(new IOException("No space left on device"), Kind.FULL),
                Arguments.of(new FileSystemException("f", null, "No space left on device"), Kind.FULL),
                Arguments.of(new IOException("Disk quota exceeded"), Kind.FULL),
                Arguments.of(new AccessDeniedException("f"), Kind.DENIED),
                Arguments.of(new FileSystemException("f", null, "Operation not permitted"), Kind.DENIED),
                Arguments.of(new FileSystemException("f", null, "Read-only file system"), Kind.DENIED),
                Arguments.of(new FileSystemException("f", null, "Not a directory"), Kind.MISCONFIGURED),
                Arguments.of(new NoSuchFileException("f"), Kind.NOT_FOUND),
                Arguments.of(new IOException("Input/output error"), Kind.UNREACHABLE),
                Arguments.of(new IOException("Stale file handle"), Kind.UNREACHABLE));
    }

    @ParameterizedTest
    @MethodSource("meanings")
    void readsWhatTheSystemSays(IOException failure, Kind kind) {
        BackendException problem = new LocalFailures(root).of(new Problem("store x", "here"), failure, 1);

        assertThat(problem.kind()).isEqualTo(kind);
        assertThat(problem).hasMessageStartingWith("HF-V10").hasMessageEndingWith(".");
    }

    @Test
    void callsADiskFullThatCannotHoldTheFileWhateverTheSystemSays() {
        IOException inAnotherLanguage = new IOException("Auf dem Gerät ist kein Speicherplatz mehr verfügbar");

        assertThat(new LocalFailures(root)
                        .of(new Problem("store x", "here"), inAnotherLanguage, Long.MAX_VALUE)
                        .kind())
                .isEqualTo(Kind.FULL);
    }
}
