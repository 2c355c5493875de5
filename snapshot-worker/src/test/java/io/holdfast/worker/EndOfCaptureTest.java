package io.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.SourceException;
import io.holdfast.vault.BackupResult;
import io.holdfast.vault.BackupSpec;
import io.holdfast.vault.Progress;
import io.holdfast.vault.Root;
import io.holdfast.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndOfCaptureTest {

    @TempDir
    private Path directory;

    @Test
    void failsABackupWhoseComponentDoesNotGoOnButKeepsWhatWasRead() throws IOException {
        var bench = new WorkerBench(directory);
        Vault vault = bench.site.vaults().ofOrNew("shop");
        var end = new EndOfCapture(() -> {}, new NeverReady(), () -> {});

        BackupResult result = vault.backup(
                BackupSpec.of(new Root.Tree(bench.docs, "/shop/docs")).withCommitGuard(end), Progress.NONE);

        assertThat(vault.snapshots()).containsExactly(result.snapshot());
        assertThatThrownBy(() -> end.requireGoodEnd(result.snapshot()))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q99"))
                .hasMessage(
                        "HF-Q99 It does not answer. What was read is kept as snapshot %s, which counts as no good backup."
                                .formatted(result.snapshot().id().shortForm()));
    }

    private static final class NeverReady implements Capture {

        @Override
        public List<String> inspect() {
            return List.of();
        }

        @Override
        public Content read() {
            return new Content(List.of(), List.of());
        }

        @Override
        public void validate() throws SourceException {
            throw new SourceException("HF-Q99", "It does not answer.");
        }
    }
}
