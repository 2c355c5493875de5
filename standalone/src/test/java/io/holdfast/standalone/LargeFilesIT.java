package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Files that neither shrink nor repeat, and everything that holds packs in memory at once, in the heap that the launcher gives. */
class LargeFilesIT {

    /** With the optimising compiler, as everywhere but in tests: nothing here takes as long as hashing and encrypting. */
    private static final Map<String, String> OPTIMISING = Map.of("_JAVA_OPTIONS", "-XX:TieredStopAtLevel=4");

    private static final int FILES = 4;
    private static final int SIZE = 30 << 20;

    private final Random random = new Random(1);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @Test
    void areBackedUpCopiedAndRestoredAtOnce() throws Exception {
        TestStack stack = TestStack.in(directory, "documents");
        addFiles(stack, "first");
        try (RunningHoldfast holdfast = RunningHoldfast.up(stack.data(), stack.plan(), OPTIMISING)) {
            Console console = holdfast.console();
            String first = console.awaitFirstBackup();
            console.awaitBackup(first, "vault");
            addFiles(stack, "second");

            String second = console.backUp("second");
            String restore = console.restore(Map.of(
                    "backup_id",
                    first,
                    "target_directory",
                    directory.resolve("restored").toString()));

            assertThat(console.awaitRestore(restore).path("status").stringValue())
                    .isEqualTo("COMPLETED");
            console.awaitBackup(first, "vault", "east", "west");
            console.awaitBackup(second, "vault", "east", "west");
        }
    }

    private void addFiles(TestStack stack, String name) throws IOException {
        byte[] content = new byte[SIZE];
        for (int i = 0; i < FILES; i++) {
            random.nextBytes(content);
            Files.write(stack.source("documents").resolve(name + i), content);
        }
    }
}
