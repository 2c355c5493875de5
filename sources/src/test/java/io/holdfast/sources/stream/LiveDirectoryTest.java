package io.holdfast.sources.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveDirectoryTest {

    @TempDir
    private Path directory;

    @Test
    void namesTheDirectoryAndAllBelowItToTheDepth() throws IOException {
        Path below = Files.createDirectories(directory.resolve("a/b"));
        Path file = Files.createFile(directory.resolve("a/file"));
        Files.createFile(below.resolve("too-deep"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), below);

        assertThat(LiveDirectory.tree(directory, 2))
                .containsExactlyInAnyOrder(directory, below.getParent(), below, file, link);
    }

    @Test
    void leavesOutWhatGoesAwayMeanwhile() throws IOException {
        Path stays = Files.createFile(directory.resolve("dump.rdb"));
        var done = new AtomicBoolean();
        CompletableFuture<Void> server = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                comeAndGo();
            }
        });
        try {
            for (int i = 0; i < 200; i++) {
                assertThat(LiveDirectory.tree(directory, Integer.MAX_VALUE)).contains(directory, stays);
            }
        } finally {
            done.set(true);
            server.join();
        }
    }

    private void comeAndGo() {
        for (int i = 0; i < 50; i++) {
            directory.resolve("temp-" + i).toFile().mkdir();
        }
        for (int i = 0; i < 50; i++) {
            directory.resolve("temp-" + i).toFile().delete();
        }
    }

    @Test
    void failsWithoutTheDirectory() {
        Path gone = directory.resolve("gone");

        assertThatThrownBy(() -> LiveDirectory.tree(gone, 1)).isInstanceOf(NoSuchFileException.class);
    }
}
