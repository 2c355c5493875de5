package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashIT {

    private static final Password PASSWORD = Password.of("secret");
    private static final CheckSpec CHECK = CheckSpec.EVERYTHING.withNoLock(true);

    @TempDir
    Path temp;

    private final MemoryBackend backend = new MemoryBackend();
    private BackupSpec spec;

    @BeforeEach
    void oneSnapshot() throws IOException {
        Path source = Files.createDirectories(temp.resolve("source"));
        Files.write(source.resolve("a"), HardCases.random(1, 1_000_000));
        spec = BackupSpec.of(new Root.Tree(source, "/s"));
        try (Vault vault = Vault.init(backend, PASSWORD, Duration.ZERO)) {
            vault.backup(spec, Progress.NONE);
        }
        Files.write(source.resolve("b"), HardCases.random(2, 18_000_000));
    }

    @Test
    void aBackupCutOffAtAnyWriteLeavesAValidRepositoryAndIsRepeatedWell() throws IOException {
        boolean failed = true;
        for (int writes = 0; failed; writes++) {
            FailingBackend failing = new FailingBackend(backend, writes);
            try (Vault vault = Vault.open(failing, PASSWORD, Duration.ZERO)) {
                vault.backup(spec.withTime(spec.time().plusSeconds(writes + 1)), Progress.NONE);
            } catch (VaultException e) {
                assertThat(e.code()).isEqualTo(VaultException.Code.UNREACHABLE);
            }
            failed = failing.hasFailed();
            try (Vault vault = Vault.open(backend, PASSWORD, Duration.ZERO)) {
                assertThat(vault.check(CHECK).problems())
                        .as("after %d writes", writes)
                        .isEmpty();
                assertThat(vault.snapshots()).hasSizeBetween(1, 2);
            }
            if (backend.handles().stream()
                            .filter(each -> each.type() == FileType.SNAPSHOT)
                            .count()
                    == 2) {
                break;
            }
        }
    }

    @Test
    void aReplicationCutOffAtAnyWriteLeavesAValidCopyAndGoesOn() throws IOException {
        try (Vault vault = Vault.open(backend, PASSWORD, Duration.ZERO)) {
            vault.backup(spec.withTime(spec.time().plusSeconds(1)), Progress.NONE);
            boolean done = false;
            MemoryBackend target = new MemoryBackend();
            for (int writes = 0; !done; writes++) {
                FailingBackend failing = new FailingBackend(target, writes % 4);
                if (writes % 4 == 3) {
                    failing = new FailingBackend(target, writes);
                }
                try {
                    vault.copies().replicate(failing, ReplicationSpec.ALL, ReplicationListener.NONE);
                } catch (VaultException e) {
                    assertThat(e.code()).isEqualTo(VaultException.Code.UNREACHABLE);
                }
                done = !failing.hasFailed();
                if (target.handles().contains(Handle.CONFIG)) {
                    try (Vault copy = Vault.open(target, PASSWORD, Duration.ZERO)) {
                        assertThat(copy.check(CHECK).problems())
                                .as("after %d writes", writes)
                                .isEmpty();
                    }
                }
            }
            try (Vault copy = Vault.open(target, PASSWORD, Duration.ZERO)) {
                assertThat(copy.snapshots()).isEqualTo(vault.snapshots());
            }
        }
    }

    @Test
    void aRefillCutOffAtAnyWriteIsFinishedByTheNextRun() throws IOException {
        try (Vault vault = Vault.open(backend, PASSWORD, Duration.ZERO)) {
            MemoryBackend target = new MemoryBackend();
            vault.copies().replicate(target, ReplicationSpec.ALL, ReplicationListener.NONE);
            for (int writes = 0; writes < 8; writes++) {
                target.delete(target.handles().stream()
                        .filter(each -> each.type() == FileType.PACK)
                        .findFirst()
                        .orElseThrow());
                FailingBackend failing = new FailingBackend(target, writes);
                try {
                    vault.copies().replicate(failing, ReplicationSpec.ALL, ReplicationListener.NONE);
                } catch (VaultException e) {
                    assertThat(e.code()).isEqualTo(VaultException.Code.UNREACHABLE);
                }
                assertThat(vault.copies()
                                .replicate(target, ReplicationSpec.ALL, ReplicationListener.NONE)
                                .problems())
                        .isEmpty();
                try (Vault copy = Vault.open(target, PASSWORD, Duration.ZERO)) {
                    assertThat(copy.check(CHECK).problems())
                            .as("after %d writes", writes)
                            .isEmpty();
                }
            }
        }
    }
}
