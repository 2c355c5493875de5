package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Change;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that somebody writes to while they are backed up. */
class WrittenToFilesTest {

    /** More than is read before the first of it is told. */
    private static final long LONG = 64 << 20;

    @TempDir
    Path source;

    private Vault vault;

    @BeforeEach
    void emptyVault() throws IOException {
        vault = Vault.init(new MemoryBackend(), Password.of("secret"), Duration.ZERO);
    }

    private interface Act {
        void run() throws IOException;
    }

    @Test
    void takesAFileThatGrowsAndSaysSo() throws IOException {
        Path file = Files.writeString(source.resolve("log"), "one line");

        BackupResult result = backupWhile(() -> Files.writeString(file, "and another one", StandardOpenOption.APPEND));

        assertThat(result.isComplete()).isTrue();
        assertThat(result.changes()).containsExactly(new Change(file.toString(), Change.Kind.CHANGED));
        assertThat(paths(result)).contains("/v/log");
    }

    @Test
    void takesAFileThatBecomesShorterAheadOfTheReaderAndSaysSo() throws IOException {
        Path file = longFile();

        BackupResult result = backupWhile(() -> cut(file, LONG - 1));

        assertThat(result.isComplete()).isTrue();
        assertThat(result.changes()).containsExactly(new Change(file.toString(), Change.Kind.CHANGED));
    }

    @Test
    void doesNotTakeAFileThatWasCutShortBehindTheReaderForWhole() throws IOException {
        Path file = longFile();

        BackupResult result = backupWhile(() -> cut(file, 0));

        assertThat(result.changes()).isEmpty();
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(file.toString());
            assertThat(problem.what()).contains("was cut short while it was read");
        });
        assertThat(result.snapshot().tags()).containsExactly("1 problems, 0 changes");
    }

    @Test
    void takesTheOthersWhereFilesAndDirectoriesVanish() throws IOException {
        int more = 200;
        for (int i = 0; i < more; i++) {
            Files.writeString(source.resolve("file%03d".formatted(i)), "content");
        }
        Path file = source.resolve("file199");
        Path directory = Files.createDirectory(source.resolve("then"));

        BackupResult result = backupWhile(() -> {
            Files.delete(file);
            Files.delete(directory);
        });

        assertThat(result.isComplete()).isTrue();
        assertThat(result.changes())
                .containsExactly(
                        new Change(file.toString(), Change.Kind.VANISHED),
                        new Change(directory.toString(), Change.Kind.VANISHED));
        assertThat(result.snapshot().tags()).containsExactly("0 problems, 2 changes");
        assertThat(paths(result)).contains("/v/file198").doesNotContain("/v/file199", "/v/then");
    }

    /** Acts once, when the first of the content has been read. */
    private BackupResult backupWhile(Act act) throws VaultException {
        BackupSpec spec = BackupSpec.of(new Root.Tree(source, "/v"))
                .withReadConcurrency(1)
                .withTagging((problems, changes) ->
                        List.of("%d problems, %d changes".formatted(problems.size(), changes.size())));
        return vault.backup(spec, new Progress() {

            private boolean acted;

            @Override
            public void advanced(long files, long bytes) {
                if (bytes > 0 && !acted) {
                    acted = true;
                    try {
                        act.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        });
    }

    private Path longFile() throws IOException {
        Path file = source.resolve("long");
        try (var made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(LONG);
        }
        return file;
    }

    private static void cut(Path file, long length) throws IOException {
        try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(length);
        }
    }

    private List<String> paths(BackupResult result) throws VaultException {
        List<String> paths = new ArrayList<>();
        vault.contents().list(result.snapshot().id(), "/", entry -> paths.add(entry.path()));
        return paths;
    }
}
