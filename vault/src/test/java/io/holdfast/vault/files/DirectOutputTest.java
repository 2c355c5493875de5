package io.holdfast.vault.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.tree.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class DirectOutputTest {

    private static final int SIZE = 5_000_003;
    private static final Name FILE = Name.of("file");
    private static final byte[] CONTENT = new byte[SIZE];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    @TempDir
    Path root;

    /** As a restore writes the chunks of a large file: of any length, in any order, by several threads. */
    @RepeatedTest(20)
    void leavesWhatLiesBesideAPieceAlone(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        try (TargetDirectory directory = NativeDirectory.open(root);
                TargetFile file = directory.create(FILE);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            file.setSize(SIZE);
            List<Callable<Boolean>> writes = new ArrayList<>();
            for (int at = 0; at < SIZE; ) {
                int start = at;
                int length = Math.min(SIZE - at, 1 + random.nextInt(1_500_000));
                writes.add(() -> {
                    file.write(CONTENT, start, length, start);
                    return true;
                });
                at += length;
            }
            Collections.shuffle(writes, random);
            for (Future<Boolean> write : threads.invokeAll(writes)) {
                assertThat(write.get()).isTrue();
            }
        }
        assertThat(Files.readAllBytes(root.resolve("file"))).isEqualTo(CONTENT);
    }

    @Test
    void makesAFileAsLongAsWhatIsWrittenToIt() throws IOException {
        try (TargetDirectory directory = NativeDirectory.open(root);
                TargetFile file = directory.create(FILE)) {
            file.write(CONTENT, 0, SIZE, 0);
        }
        assertThat(Files.readAllBytes(root.resolve("file"))).isEqualTo(CONTENT);
    }

    @Test
    void replacesWhatTheCacheHolds() throws IOException {
        Files.write(root.resolve("file"), new byte[SIZE]);
        try (TargetDirectory directory = NativeDirectory.open(root);
                TargetFile file = directory.write(FILE)) {
            file.write(CONTENT, 0, SIZE, 0);
        }
        assertThat(Files.readAllBytes(root.resolve("file"))).isEqualTo(CONTENT);
    }
}
