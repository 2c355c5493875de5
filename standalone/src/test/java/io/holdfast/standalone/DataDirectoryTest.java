package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @Test
    void saysInWordsWhyADirectoryCannotBeUsed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.take(file))
                .isInstanceOf(UpProblem.class)
                .hasMessageStartingWith("HF-S62 Cannot use " + file)
                .hasMessageContaining(file + " is in the way. Nothing was touched.");
    }

    @Test
    void makesSureOfTheLogBeforeLoggingIsSetUp() throws Exception {
        try (DataDirectory data = DataDirectory.take(directory)) {
            assertThat(data.log())
                    .isEqualTo(directory.resolve("logs/holdfast.log"))
                    .isEmptyFile();
            Files.delete(data.of("logs/holdfast.log"));
            Files.createDirectory(data.of("logs/holdfast.log"));

            assertThatThrownBy(data::log).isInstanceOf(FileSystemException.class);
        }
    }

    @Test
    void lendsItsSampleToRestoresAndNothingThatItNeedsItself() {
        assertThat(DataDirectory.ownIn(directory))
                .contains(directory.resolve("secrets"), directory.resolve("regions"), directory.resolve("broker"))
                .noneMatch(own -> directory.resolve("sample/documents").startsWith(own));
    }
}
