package io.holdfast.vault.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.chunk.Polynomial;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.lock.LockSettings;
import io.holdfast.vault.lock.Locks;
import io.holdfast.vault.model.RepositoryId;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.repository.RepositoryConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Backups beside each other in one process. */
@Timeout(120)
class BackupSessionTest {

    private final Budget budget = Budget.of(640L << 20, 2);
    private final BackupMemory memory = new BackupMemory(budget);
    private final FaultyBackend backend = new FaultyBackend(new MemoryBackend());
    private final Repository repository = Repository.of(
            backend,
            SealingKey.random(),
            new RepositoryConfig(RepositoryConfig.VERSION, RepositoryId.random(), Polynomial.random()));
    private final Locks locks =
            new Locks(backend, repository.files(), LockSettings.standard().withSettle(Duration.ZERO));

    @Test
    void aSourceThatYieldsNothingKeepsNoOtherBackupWaiting() throws Exception {
        var opened = new CountDownLatch(1);
        var ends = new CountDownLatch(1);
        var slow = new FutureTask<>(() -> backup(Root.Stream.of("/slow", () -> silent(opened, ends), Instant.EPOCH)));
        Thread.ofVirtual().start(slow);
        opened.await();

        try (BackupSession second = open();
                BackupSession third = open()) {
            Draft one = second.read(spec(new Root.Generated("/second", new byte[] {2})), Progress.NONE);
            Draft other = third.read(spec(new Root.Generated("/third", new byte[] {3})), Progress.NONE);
            assertThat(second.commit(one).stored()).isTrue();
            assertThat(third.commit(other).stored()).isTrue();
        }

        assertThat(slow).isNotDone();
        ends.countDown();
        assertThat(slow.get().stored()).isTrue();
        assertThat(repository.snapshots().all()).hasSize(3);
    }

    @Test
    void aSmallShareHoldsOnePackThatIsStoredAndReadsOnAfterwards() throws Exception {
        byte[] bytes = new byte[40_000_000];
        new Random(1).nextBytes(bytes);
        var storing = new AtomicInteger();
        var goesOn = new CountDownLatch(1);
        try (BackupSession _ = open()) {
            backend.on(Trigger.of(Operation.STORE, FileType.PACK), new Fault.Before(() -> {
                storing.incrementAndGet();
                await(goesOn);
            }));
            var small = new FutureTask<>(
                    () -> backup(Root.Stream.of("/large", () -> new ByteArrayInputStream(bytes), Instant.EPOCH)));
            Thread thread = Thread.ofVirtual().start(small);
            Awaitility.await().until(() -> storing.get() > 0 && thread.getState() == Thread.State.WAITING);
            assertThat(storing).hasValue(1);
            goesOn.countDown();

            assertThat(small.get().snapshot().summary().orElseThrow().totalBytesProcessed())
                    .isEqualTo(bytes.length);
        }
    }

    @Test
    void aBackupThatCannotBeginGivesItsShareBack() throws IOException {
        backend.on(Trigger.of(Operation.LIST, FileType.SNAPSHOT), new Fault.Failure(Kind.UNREACHABLE));
        assertThatThrownBy(this::open).isInstanceOf(BackendException.class);

        try (BackupMemory.Taken taken = memory.take()) {
            assertThat(taken.share()).isEqualTo(budget.large());
        }
    }

    private BackupSession open() throws IOException {
        return BackupSession.open(memory, repository, locks, Compression.Level.AUTO, false);
    }

    private BackupResult backup(Root root) throws IOException {
        try (BackupSession session = open()) {
            return session.commit(session.read(spec(root), Progress.NONE));
        }
    }

    private static BackupSpec spec(Root root) {
        return BackupSpec.of(root);
    }

    /** Gives nothing until it ends. */
    private static InputStream silent(CountDownLatch opened, CountDownLatch ends) {
        return new InputStream() {
            @Override
            public int read() {
                opened.countDown();
                await(ends);
                return -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return read();
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
