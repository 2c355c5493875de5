package io.holdfast.vault.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LocksTest {

    private static final LockOwner SELF = new LockOwner("host", "user", 100, 1000, 1000, "boot/pid:[4026531836]");
    private static final LockOwner OTHER = new LockOwner("elsewhere", "other", 7, 1000, 1000, null);
    private static final Duration SETTLE = Duration.ofMillis(200);

    private final MemoryBackend memory = new MemoryBackend();
    private final FaultyBackend backend = new FaultyBackend(memory);
    private final SealedFiles files = new SealedFiles(backend, SealingKey.random(), Compression.Level.AUTO);
    private final MovedPace pace = new MovedPace();
    private final Set<Long> running = new HashSet<>(Set.of(100L));

    @Test
    void manyShareButOneExcludes() throws IOException {
        HeldLock one = locks().shared();
        HeldLock two = locks().shared();
        assertThatThrownBy(() -> locks().exclusive())
                .isInstanceOf(LockedException.class)
                .hasMessageContaining("for shared use by process 100 of user on host host");
        one.close();
        two.close();
        HeldLock alone = locks().exclusive();
        assertThatThrownBy(() -> locks().shared())
                .isInstanceOf(LockedException.class)
                .hasMessageContaining("exclusively");
        alone.close();
        assertThat(memory.handles()).isEmpty();
    }

    @Test
    void waitsToSeeALockWrittenAtTheSameMomentAndGivesWay() {
        pace.whilePausing(() -> put(pace.now(), true, OTHER));
        assertThatThrownBy(() -> locks().shared()).isInstanceOf(LockedException.class);
        assertThat(pace.pauses()).containsExactly(SETTLE);
        assertThat(memory.handles()).hasSize(1);
    }

    @Test
    void readsWhileTheLockBecomesVisibleAndWaitsForTheRest() throws IOException {
        locks().shared(() -> pace.advance(SETTLE.minusMillis(50))).close();
        locks().shared(() -> pace.advance(SETTLE)).close();
        assertThat(pace.pauses()).containsExactly(Duration.ofMillis(50));
    }

    @Test
    void readsAgainWhenAnotherHadTheLockWhileItWasReading() throws IOException {
        AtomicInteger readings = new AtomicInteger();
        HeldLock lock = locks(Duration.ofMinutes(1)).shared(() -> {
            if (readings.getAndIncrement() == 0) {
                Handle other = put(pace.now(), true, OTHER);
                pace.whilePausing(() -> memory.delete(other));
                pace.advance(SETTLE);
                throw new DamagedException("a file of the index is gone");
            }
        });
        assertThat(readings).hasValue(2);
        lock.close();
        assertThat(memory.handles()).isEmpty();
    }

    @Test
    void givesTheLockBackWhenWhatWasReadCannotBe() {
        assertThatThrownBy(() -> locks().shared(() -> {
                    throw new DamagedException("a file of the index is damaged");
                }))
                .isInstanceOf(DamagedException.class);
        assertThat(pace.pauses()).containsExactly(SETTLE);
        assertThat(memory.handles()).isEmpty();
    }

    @Test
    void waitsLongerAndLongerForAnotherLockAndThenGivesUp() {
        put(pace.now(), true, OTHER);
        assertThatThrownBy(() -> locks(Duration.ofMinutes(3)).shared()).isInstanceOf(LockedException.class);
        assertThat(pace.pauses().stream().map(Duration::toSeconds)).containsExactly(5L, 10L, 20L, 40L, 60L, 45L);
    }

    @Test
    void takesTheLockOnceTheOtherHasGone() throws IOException {
        Handle other = put(pace.now(), true, OTHER);
        pace.whilePausing(() -> memory.delete(other));
        try (HeldLock _ = locks(Duration.ofMinutes(1)).exclusive()) {
            assertThat(pace.pauses()).containsExactly(Duration.ofSeconds(5), SETTLE);
        }
    }

    @Test
    void looksAgainAtALockThatCannotBeRead() throws IOException {
        Handle half = put(pace.now(), false, OTHER);
        byte[] whole = memory.load(half);
        memory.corrupt(half, new byte[] {1, 2, 3});
        pace.whilePausing(() -> memory.corrupt(half, whole));
        locks().shared().close();
        assertThat(pace.pauses()).containsExactly(Duration.ofSeconds(5), SETTLE);
    }

    @Test
    void refusesWhenALockStaysUnreadableAndRemovesItOnlyWithAll() throws IOException {
        Handle broken = put(pace.now(), false, OTHER);
        memory.corrupt(broken, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> locks().shared())
                .isInstanceOf(LockedException.class)
                .hasMessageContaining("cannot be read");
        assertThat(pace.pauses().stream().map(Duration::toSeconds)).containsExactly(5L, 10L, 20L);
        assertThat(locks().removeStale()).isZero();
        assertThat(locks().removeAll()).isEqualTo(1);
        locks().exclusive().close();
    }

    @Test
    void passesOverAnEmptyFile() throws IOException {
        memory.corrupt(
                new Handle(FileType.LOCK, Digest.ofContent(new byte[] {1}).toString()), new byte[0]);
        locks().exclusive().close();
        assertThat(locks().removeAll()).isEqualTo(1);
    }

    @Test
    void writesItselfAnewBeforeItRemovesTheOld() throws IOException {
        HeldLock lock = locks().shared();
        Handle old = lock.handle();
        pace.advance(HeldLock.REFRESH);
        lock.refresh();
        assertThat(memory.handles()).containsExactly(lock.handle()).doesNotContain(old);
        List<FaultyBackend.Call> calls = backend.calls();
        assertThat(calls.subList(calls.size() - 2, calls.size()))
                .extracting(FaultyBackend.Call::operation)
                .containsExactly(Operation.STORE, Operation.DELETE);
        lock.close();
        assertThat(memory.handles()).isEmpty();
    }

    @Test
    void isGoodUntilItHasNotBeenRefreshedForTooLong() throws IOException {
        try (HeldLock lock = locks().shared()) {
            memory.delete(lock.handle());
            pace.advance(HeldLock.TRUSTED.minus(SETTLE));
            lock.verify();
            pace.advance(Duration.ofNanos(1));
            assertThatThrownBy(lock::verify).isInstanceOf(LockedException.class).hasMessageContaining("is gone");
            assertThatThrownBy(lock::verify).isInstanceOf(LockedException.class);
        }
        assertThat(memory.handles()).isEmpty();
    }

    @Test
    void noticesThatTheMachineSlept() throws IOException {
        try (HeldLock lock = locks().shared()) {
            memory.delete(lock.handle());
            pace.standby(HeldLock.TRUSTED.plusSeconds(1));
            assertThatThrownBy(lock::verify).isInstanceOf(LockedException.class);
        }
    }

    @Test
    void isNotFooledByAClockThatIsSetBack() throws IOException {
        try (HeldLock lock = locks().shared()) {
            memory.delete(lock.handle());
            Instant before = pace.now();
            pace.advance(HeldLock.TRUSTED.plusSeconds(1));
            pace.set(before);
            assertThatThrownBy(lock::verify).isInstanceOf(LockedException.class);
        }
    }

    @Test
    void goesOnWhenItWasThereAllTheTime() throws IOException {
        try (HeldLock lock = locks().shared()) {
            Handle old = lock.handle();
            pace.standby(Duration.ofHours(9));
            lock.verify();
            assertThat(memory.handles()).containsExactly(lock.handle()).doesNotContain(old);
            memory.delete(lock.handle());
            lock.verify();
        }
    }

    @Test
    void isLostWhenItVanishesDuringTheProof() throws IOException {
        HeldLock lock = locks().shared();
        Handle old = lock.handle();
        pace.standby(Duration.ofHours(1));
        pace.whilePausing(() -> memory.delete(old));
        assertThatThrownBy(lock::verify).isInstanceOf(LockedException.class);
        assertThat(memory.handles()).isEmpty();
    }

    @Test
    void aLateRefreshHidesNoGap() throws IOException {
        try (HeldLock lock = locks().shared()) {
            memory.delete(lock.handle());
            pace.standby(Duration.ofHours(1));
            lock.refresh();
            assertThatThrownBy(lock::verify).isInstanceOf(LockedException.class);
        }
    }

    @Test
    void asksAgainWhenThePlaceDidNotTell() throws IOException {
        try (HeldLock lock = locks().shared()) {
            pace.standby(Duration.ofHours(1));
            backend.on(Trigger.of(Operation.LIST, FileType.LOCK).times(1), new Fault.Failure(Kind.UNREACHABLE));
            assertThatThrownBy(lock::verify).isInstanceOf(LockedException.class).hasMessageContaining("does not tell");
            lock.verify();
        }
    }

    @Test
    void removesItsLockThoughTheThreadIsInterrupted() throws IOException {
        HeldLock lock = locks().shared();
        Thread.currentThread().interrupt();
        lock.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(memory.handles()).isEmpty();
    }

    @Test
    void removesOnlyStaleLocksAndNeverItsOwn() throws IOException {
        HeldLock own = locks().shared();
        put(pace.now(), false, OTHER);
        pace.advance(Duration.ofMinutes(31));
        Handle young = put(pace.now().minus(Duration.ofMinutes(29)), false, OTHER);
        put(pace.now(), false, new LockOwner("host", "user", 101, 1000, 1000, null));
        assertThat(locks().removeStale()).isEqualTo(2);
        assertThat(memory.handles()).containsExactlyInAnyOrder(own.handle(), young);
        own.close();
    }

    @Test
    void clearsAProvenDeadLockThatStandsInTheWayButNoOther() throws IOException {
        put(pace.now(), true, new LockOwner("host", "user", 101, 1000, 1000, SELF.pidNamespace()));
        locks().exclusive().close();
        put(pace.now(), true, new LockOwner("host", "user", 101, 1000, 1000, null));
        assertThatThrownBy(() -> locks().exclusive()).isInstanceOf(LockedException.class);
    }

    private Locks locks() {
        return locks(Duration.ZERO);
    }

    private Locks locks(Duration retry) {
        ProcessTable processes = pid -> running.contains(pid) ? Instant.MIN : null;
        return new Locks(backend, files, new LockSettings(SELF, processes, pace, SETTLE, retry, false));
    }

    private Handle put(Instant time, boolean exclusive, LockOwner owner) {
        try {
            return files.store(FileType.LOCK, new LockFile(time, exclusive, owner).write());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
