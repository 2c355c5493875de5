package io.holdfast.vault.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.Trigger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryingBackendTest extends BackendContractTest {

    private static final RetrySettings QUICK = new RetrySettings(4, Duration.ofMillis(1), Duration.ofMinutes(1));

    private final FaultyBackend faulty = new FaultyBackend(new MemoryBackend());

    @Override
    protected Backend open() throws BackendException {
        faulty.store(Handle.CONFIG, config());
        return new RetryingBackend(faulty, QUICK);
    }

    @Test
    void repeatsWhatMayPass() throws BackendException {
        for (Operation operation : Operation.values()) {
            faulty.on(Trigger.of(operation).times(3), new Fault.Failure(Kind.UNREACHABLE));
        }

        backend.store(PACK, bytes(10));

        assertThat(backend.load(PACK)).isEqualTo(bytes(10));
        assertThat(backend.size(PACK)).isEqualTo(10);
        assertThat(backend.list(FileType.PACK)).hasSize(1);
        backend.delete(PACK);
        assertThat(faulty.list(FileType.PACK)).isEmpty();
    }

    @Test
    void storesOnceMoreWhenTheAnswerWasLost() throws BackendException {
        faulty.on(Trigger.of(Operation.STORE).onCall(1), new Fault.AnswerLost(Kind.UNREACHABLE));

        backend.store(PACK, bytes(10));

        assertThat(backend.load(PACK)).isEqualTo(bytes(10));
        assertThat(stores()).isEqualTo(2);
    }

    @Test
    void givesUpAfterItsAttempts() {
        faulty.on(Trigger.of(Operation.STORE), new Fault.Failure(Kind.UNREACHABLE));

        assertThat(kindOf(() -> backend.store(PACK, bytes(10)))).isEqualTo(Kind.UNREACHABLE);
        assertThat(stores()).isEqualTo(4);
    }

    @Test
    void looksTwiceAtDamageAndThenBelievesIt() {
        faulty.on(Trigger.of(Operation.STORE), new Fault.Failure(Kind.DAMAGED));

        assertThat(kindOf(() -> backend.store(PACK, bytes(10)))).isEqualTo(Kind.DAMAGED);
        assertThat(stores()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_FOUND", "DENIED", "MISCONFIGURED", "FULL"})
    void asksOnceWhereAskingAgainCannotHelp(Kind kind) {
        faulty.on(Trigger.of(Operation.STORE), new Fault.Failure(kind));

        assertThat(kindOf(() -> backend.store(PACK, bytes(10)))).isEqualTo(kind);
        assertThat(stores()).isEqualTo(1);
    }

    @Test
    void repeatsNothingPastItsBudget() {
        faulty.on(Trigger.of(Operation.STORE), new Fault.Failure(Kind.UNREACHABLE));
        Backend hasty = new RetryingBackend(faulty, new RetrySettings(1_000, Duration.ofMillis(1), Duration.ZERO));

        assertThat(kindOf(() -> hasty.store(PACK, bytes(10)))).isEqualTo(Kind.UNREACHABLE);
        assertThat(stores()).isEqualTo(1);
    }

    @Test
    void waitsNoLongerThanItsBudgetBetweenAttempts() {
        faulty.on(Trigger.of(Operation.STORE), new Fault.Failure(Kind.UNREACHABLE));
        Backend patient =
                new RetryingBackend(faulty, new RetrySettings(1_000, Duration.ofHours(1), Duration.ofMillis(50)));

        assertThat(kindOf(() -> patient.store(PACK, bytes(10)))).isEqualTo(Kind.UNREACHABLE);
        assertThat(stores()).isBetween(1L, 2L);
    }

    @Test
    void repeatsNothingOnAnInterruptedThread() {
        faulty.on(
                Trigger.of(Operation.STORE),
                new Fault.Before(() -> Thread.currentThread().interrupt()));
        faulty.on(Trigger.of(Operation.STORE), new Fault.Failure(Kind.UNREACHABLE));

        assertThat(kindOf(() -> backend.store(PACK, bytes(10)))).isEqualTo(Kind.UNREACHABLE);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stores()).isEqualTo(1);
    }

    private long stores() {
        return faulty.calls().stream()
                .filter(call -> call.equals(new FaultyBackend.Call(Operation.STORE, PACK.path())))
                .count();
    }
}
