package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup whose thread is interrupted while many files wait, opened, for their turn. */
class InterruptedBackupIT {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @TempDir
    Path source;

    private final MemoryBackend memory = new MemoryBackend();
    private Vault vault;

    @BeforeEach
    void manyFiles() throws IOException {
        vault = Vault.init(memory, Password.of("secret"), Duration.ZERO);
        for (int i = 0; i < 100; i++) {
            Files.writeString(source.resolve("file-" + i), "content " + i);
        }
    }

    @Test
    void leavesNoFileOpenAndNothingVisibleAndCanBeRunAgain() throws IOException {
        assumeThat(DESCRIPTORS).exists();
        BackupSpec spec = BackupSpec.of(new Root.Tree(source, "/s")).withReadConcurrency(1);

        assertThatThrownBy(() -> vault.backup(spec, interrupting(Thread.currentThread())))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(VaultException.Code.INTERRUPTED));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(open()).isEmpty();
        assertThat(memory.list(FileType.LOCK)).isEmpty();
        assertThat(vault.snapshots()).isEmpty();
        assertThat(vault.backup(spec, Progress.NONE).isComplete()).isTrue();
    }

    private Progress interrupting(Thread backup) {
        AtomicBoolean done = new AtomicBoolean();
        return new Progress() {
            @Override
            public void advanced(long files, long bytes) {
                if (done.compareAndSet(false, true)) {
                    Awaitility.await().until(() -> open().size() > 20);
                    backup.interrupt();
                }
            }
        };
    }

    private List<Path> open() {
        List<Path> open = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (Path each : descriptors.toList()) {
                target(each, open);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open;
    }

    private void target(Path descriptor, List<Path> open) {
        try {
            Path target = Files.readSymbolicLink(descriptor);
            if (target.startsWith(source)) {
                open.add(target);
            }
        } catch (IOException e) {
            return;
        }
    }
}
