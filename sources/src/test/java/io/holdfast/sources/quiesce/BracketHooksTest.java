package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Quiesce.Mode;
import io.holdfast.plan.Quiesce.OnError;
import io.holdfast.sources.quiesce.ContainerEngine.State;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What runs before anything rests, and when everything is back. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class BracketHooksTest extends BracketsFixture {

    @Test
    void runsHooksAroundTheRest() throws Exception {
        brackets.open(withHooks()).close();

        assertThat(bench.ran).containsExactly(List.of("flush"), List.of("announce"));
    }

    @Test
    void failsWhenTheHookBeforeFailsAndRunsTheOneAfterwards() {
        bench.failWhen(List.of("flush")::equals);

        assertFails("HF-Q23", "status 1", () -> brackets.open(withHooks()));

        assertThat(bench.ran).containsExactly(List.of("flush"), List.of("announce"));
        assertThat(bench.engine.calls()).isEmpty();
    }

    @Test
    void runsTheHookAfterwardsForADeadOwner() throws Exception {
        Brackets dead = bench.process();
        dead.open(withHooks());
        dead.close();

        bench.guard();
        bench.guard();

        assertThat(bench.ran).containsExactly(List.of("flush"), List.of("announce"));
    }

    @Test
    void saysThatTheHookAfterwardsFailedOnceEverythingIsBack() throws Exception {
        bench.failWhen(List.of("announce")::equals);
        Bracket bracket = brackets.open(withHooks());

        assertFails("HF-Q27", "status 1", bracket::close);

        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void runsTheHookAfterwardsOnceWhileAGuardWatches() throws Exception {
        bench.whenRun("announce", bench::guard);

        brackets.open(withHooks()).close();

        assertThat(bench.ran).containsExactly(List.of("flush"), List.of("announce"));
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void runsTheHookAfterwardsOnlyWhenEverythingIsBack() throws Exception {
        Bracket bracket = brackets.open(withHooks());
        bench.engine.setStuck("db", true);

        assertFails("HF-Q24", "stuck", bracket::close);
        assertThat(bench.ran).containsExactly(List.of("flush"));

        bench.engine.setStuck("db", false);
        bench.guard();
        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
        assertThat(bench.ran).containsExactly(List.of("flush"), List.of("announce"));
    }

    @Test
    void failsAnOwnerWhoComesBackWhileTheGuardStillRunsTheHookAfterwards() throws Exception {
        Bracket bracket = brackets.open(withHooks());
        bench.later(Quiesce.DEFAULT_LIMIT.plusMinutes(1));
        bench.whenRun("announce", () -> assertFails("HF-Q25", "longer", bracket::close));

        bench.guard();

        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void goesOnWithoutACommandThatFailsWhereThePlanSaysSo() throws Exception {
        bench.failWhen(_ -> true);
        Bracket bracket = brackets.open(withHooks(OnError.CONTINUE));
        assertThat(bench.engine.stateOf("db")).isEqualTo(State.PAUSED);

        bracket.close();

        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
        assertThat(bench.ran).containsExactly(List.of("flush"), List.of("announce"));
        assertThat(bench.records.isEmpty()).isTrue();
    }

    private static ToRest withHooks() {
        return withHooks(null);
    }

    private static ToRest withHooks(@Nullable OnError onError) {
        return ToRest.forCapture(
                Bench.SUBJECT,
                new Quiesce(
                        Mode.PAUSE,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of("flush"),
                        List.of("announce"),
                        null,
                        onError,
                        Quiesce.DEFAULT_LIMIT),
                List.of("db"));
    }
}
