package io.holdfast.vault.backend.testing;

import static io.holdfast.vault.backend.BackendContractTest.kindOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.RetrySettings;
import io.holdfast.vault.backend.RetryingBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RetainingBackendTest {

    private static final Handle PACK = new Handle(FileType.PACK, "ab".repeat(32));
    private static final Handle LOCK = new Handle(FileType.LOCK, "ab".repeat(32));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final RetainingBackend place = new RetainingBackend(new MemoryBackend(), Duration.ofDays(30), now::get);

    @Test
    void refusesToDeleteWhatItKeeps() throws BackendException {
        place.store(PACK, new byte[1]);
        place.store(LOCK, new byte[1]);

        place.delete(LOCK);
        assertThat(kindOf(() -> place.delete(PACK))).isEqualTo(Kind.RETAINED);
        now.set(days(30));
        place.delete(PACK);
        assertThat(place.list(FileType.PACK)).isEmpty();
    }

    @Test
    void keepsForLongerAndNeverForLess() throws BackendException {
        place.store(PACK, new byte[1]);

        assertThat(place.retain(PACK, days(20))).isFalse();
        assertThat(place.retain(PACK, days(40))).isTrue();
        assertThat(place.retain(PACK, days(31))).isFalse();
        assertThat(place.keptUntil(PACK)).isEqualTo(days(40));
        now.set(days(39));
        assertThat(place.retain(PACK, days(41))).isTrue();
        assertThat(place.keptUntil(PACK)).isEqualTo(days(69));
    }

    @Test
    void keepsThroughRetriesAndFaults() throws BackendException {
        var faulty = new FaultyBackend(place);
        var retrying = new RetryingBackend(faulty, new RetrySettings(3, Duration.ofMillis(1), Duration.ofMinutes(1)));
        faulty.on(Trigger.of(FaultyBackend.Operation.RETAIN).times(2), new Fault.Failure(Kind.UNREACHABLE));
        retrying.store(PACK, new byte[1]);

        assertThat(retrying.retention()).contains(Duration.ofDays(30));
        assertThat(retrying.retain(PACK, days(40))).isTrue();
        assertThat(place.keptUntil(PACK)).isEqualTo(days(40));
    }

    private static Instant days(int days) {
        return Instant.EPOCH.plus(Duration.ofDays(days));
    }
}
