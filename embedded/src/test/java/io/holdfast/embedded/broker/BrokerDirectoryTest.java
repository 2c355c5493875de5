package io.holdfast.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.embedded.EmbeddedPartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerDirectoryTest {

    @TempDir
    private Path home;

    @Test
    void keepsTheClusterId() {
        String first = new BrokerDirectory(home).prepare();

        assertThat(new BrokerDirectory(home).prepare()).isEqualTo(first);
    }

    @Test
    void startsOverWhenFormattingWasCutShort() throws IOException {
        Path unfinished = Files.createDirectories(home.resolve("log.formatting"));
        Files.writeString(unfinished.resolve("bootstrap.checkpoint.tmp"), "half of it");

        assertThat(new BrokerDirectory(home).prepare()).isNotBlank();
        assertThat(unfinished).doesNotExist();
        assertThat(home.resolve("log")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void refusesDataThatLostTheirIdentity() throws IOException {
        new BrokerDirectory(home).prepare();
        Files.delete(home.resolve("log/meta.properties"));

        assertThatThrownBy(() -> new BrokerDirectory(home).prepare())
                .isInstanceOf(EmbeddedPartException.class)
                .hasMessageStartingWith("HF-S12 Cannot use the broker's data in " + home.resolve("log"));
        assertThat(home.resolve("log/bootstrap.checkpoint")).exists();
    }

    @Test
    void refusesAnEmptyIdentity() throws IOException {
        new BrokerDirectory(home).prepare();
        Files.writeString(home.resolve("log/meta.properties"), "");

        assertThatThrownBy(() -> new BrokerDirectory(home).prepare()).hasMessageStartingWith("HF-S12");
    }

    @Test
    void saysWhenTheDirectoryCannotBeMade() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");

        assertThatThrownBy(() -> new BrokerDirectory(file.resolve("kafka")).prepare())
                .hasMessageStartingWith("HF-S11 Cannot prepare the broker's directory " + file.resolve("kafka"));
    }
}
