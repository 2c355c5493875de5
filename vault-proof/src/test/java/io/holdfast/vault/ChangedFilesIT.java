package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupOption;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a file from the parent snapshot saves work, and nothing else. */
class ChangedFilesIT {

    private static final int SIZE = 12_000_000;

    @TempDir
    Path source;

    private final Random random = new Random(5);
    private Path file;
    private Vault vault;

    @BeforeEach
    void aLargeFileThatIsStored() throws IOException {
        file = source.resolve("file");
        vault = Vault.init(new MemoryBackend(), Password.of("secret"), Duration.ZERO);
        Files.write(file, random(SIZE));
        vault.backup(spec(), Progress.NONE);
    }

    @Test
    void areCutAsIfNothingWereKnown() throws IOException {
        for (UnaryOperator<byte[]> change : changes()) {
            Files.write(file, change.apply(Files.readAllBytes(file)));
            BackupResult quick = vault.backup(spec(), Progress.NONE);
            BackupResult anew = vault.backup(spec().with(BackupOption.FORCE), Progress.NONE);
            assertThat(quick.snapshot().tree()).isEqualTo(anew.snapshot().tree());
        }
    }

    private List<UnaryOperator<byte[]>> changes() {
        return List.of(
                content -> content,
                content -> with(content, 0, random(1000)),
                content -> with(content, SIZE / 2, random(2_000_000)),
                content -> with(content, content.length - 1, random(1)),
                content -> joined(content, random(3_000_000)),
                content -> Arrays.copyOf(content, 9_000_000),
                content -> joined(random(5), content),
                content -> joined(content, content),
                _ -> new byte[SIZE],
                _ -> new byte[0],
                _ -> random(SIZE));
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] with(byte[] content, int at, byte[] written) {
        byte[] changed = content.clone();
        System.arraycopy(written, 0, changed, at, written.length);
        return changed;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream(first.length + second.length);
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    private BackupSpec spec() {
        return BackupSpec.of(List.of(new Root.Tree(source, "/s")));
    }
}
