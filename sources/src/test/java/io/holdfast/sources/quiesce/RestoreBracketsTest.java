package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.plan.Quiesce.Mode;
import io.holdfast.sources.quiesce.ContainerEngine.State;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Brackets of restores, which nobody closes for their owner. */
@Timeout(60)
class RestoreBracketsTest extends BracketsFixture {

    @Test
    void isNeverClosedIntoARestoreThatWasCutOff() throws Exception {
        Brackets dead = bench.process();
        dead.open(Bench.restore("db", "off"));
        dead.close();

        bench.later(Duration.ofDays(1));
        assertThat(bench.guard()).isEmpty();
        assertThat(bench.engine.stateOf("db")).isEqualTo(State.OFF);

        brackets.open(Bench.restore("db", "off")).close();
        assertStates(State.RUNNING, State.RUNNING, State.PAUSED, State.OFF);
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void isNoTroubleForTheNextRestoreWhatAnOperatorStartedOrMadeAnewAfterOneThatFailed() throws Exception {
        Brackets dead = bench.process();
        dead.open(Bench.restore("app", "db"));
        dead.close();
        bench.engine.turn("app", State.RUNNING);
        bench.engine.create("db", State.RUNNING);

        brackets.open(Bench.restore("app", "db")).close();

        assertStates(State.RUNNING, State.RUNNING, State.PAUSED, State.OFF);
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void bringsBackAfterTheNextRestoreWhatOneThatFailedHadStopped() throws Exception {
        Brackets dead = bench.process();
        dead.open(Bench.restore("app", "db"));
        dead.close();

        brackets.open(Bench.restore("db")).close();

        assertStates(State.RUNNING, State.RUNNING, State.PAUSED, State.OFF);
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void startsNothingOfARestoreThatCannotGoOn() throws Exception {
        Brackets dead = bench.process();
        dead.open(Bench.restore("db"));
        dead.close();
        bench.engine.create("loops", State.GOING);

        assertFails("HF-Q21", "loops", () -> brackets.open(Bench.restore("db", "loops")));

        assertThat(bench.engine.stateOf("db")).isEqualTo(State.OFF);
        assertThat(bench.records.isEmpty()).isFalse();
    }

    @Test
    void capturesNothingThatMayBeHalfRestoredUntilAnOperatorTakesItOver() throws Exception {
        Brackets dead = bench.process();
        dead.open(Bench.restore("db"));
        dead.close();

        assertFails("HF-Q29", "half restored", () -> brackets.open(Bench.capture(Mode.PAUSE, "db")));

        bench.engine.turn("db", State.RUNNING);
        brackets.open(Bench.capture(Mode.PAUSE, "db")).close();
        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
    }

    @Test
    void bringsBackWhatTheNextRestoreStoppedIfItCannotBeginAfterAnOperatorTookThatOneOver() throws Exception {
        Brackets dead = bench.process();
        dead.open(Bench.restore("app", "db"));
        dead.close();
        bench.engine.turn("app", State.RUNNING);
        bench.engine.turn("db", State.RUNNING);
        var failing = new WatchedEngine(bench.engine, () -> {
            if (bench.engine.stateOf("app") == State.OFF) {
                throw new IOException("the engine is out of order");
            }
        });

        assertFails("HF-Q22", "out of order", () -> {
            try (Brackets other = bench.process(failing)) {
                other.open(Bench.restore("app", "db"));
            }
        });

        assertStates(State.RUNNING, State.RUNNING, State.PAUSED, State.OFF);
        assertThat(bench.records.isEmpty()).isTrue();
    }
}
