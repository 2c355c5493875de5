package io.holdfast.embedded.regions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedWritesTest {

    private static final String PACK = "ab".repeat(32);

    @TempDir
    private Path bucket;

    @Test
    void removesWhatAKilledWriteLeftAtAnyDepth() throws IOException {
        Path left = file("data/ab/" + PACK + "-" + UUID.randomUUID());
        Path leftOnTop = file("config-" + UUID.randomUUID());

        UnfinishedWrites.removeFrom(bucket);

        assertThat(left).doesNotExist();
        assertThat(leftOnTop).doesNotExist();
    }

    @Test
    void leavesObjectsAlone() throws IOException {
        Path pack = file("data/ab/" + PACK);
        Path config = file("config");
        Path foreign = file("report-" + UUID.randomUUID());

        UnfinishedWrites.removeFrom(bucket);

        assertThat(pack).exists();
        assertThat(config).exists();
        assertThat(foreign).exists();
    }

    private Path file(String name) throws IOException {
        Path file = bucket.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }
}
