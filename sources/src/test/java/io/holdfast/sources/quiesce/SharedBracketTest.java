package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Quiesce.Mode;
import io.holdfast.sources.quiesce.ContainerEngine.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One bracket of several components. */
@Timeout(60)
class SharedBracketTest extends BracketsFixture {

    @Test
    void restsEachContainerOnceInTheStrongerWayAndTheOwnLast() throws Exception {
        ToRest cache = of("shop/cache", Bench.quiesce(Mode.PAUSE, "app"), "db");
        ToRest files = of("shop/files", Bench.quiesce(Mode.STOP, "app", "db"), "off");

        brackets.open(cache.and(files)).close();

        assertThat(bench.engine.calls()).containsExactly("stop app", "stop db", "start db", "start app");
    }

    @Test
    void settlesWhatIsAwakeWhenWhoeverWritesToItRests() throws Exception {
        ToRest cache = of("shop/cache", Bench.quiesce(Mode.PAUSE), "db");
        ToRest files = of("shop/files", Bench.quiesce(Mode.STOP, "app"));

        brackets.open(files.and(cache), () -> assertStates(State.OFF, State.RUNNING, State.PAUSED, State.OFF))
                .close();

        assertThat(bench.engine.calls()).containsExactly("stop app", "pause db", "unpause db", "start app");
    }

    @Test
    void restsTheContainersOfASourceThatNeedNotBeAwakeBeforeTheOthersSettle() throws Exception {
        ToRest cache = of("shop/cache", Bench.quiesce(Mode.PAUSE), "db");
        ToRest files = ToRest.forCapture("shop/files", Bench.quiesce(Mode.STOP), List.of("app"));

        brackets.open(cache.and(files), () -> assertStates(State.OFF, State.RUNNING, State.PAUSED, State.OFF))
                .close();

        assertThat(bench.engine.calls()).containsExactly("stop app", "pause db", "unpause db", "start app");
    }

    @Test
    void settlesBeforeItsTimeBeginsIfNothingElseRests() throws Exception {
        brackets.open(
                        of("shop/cache", Bench.quiesce(Mode.PAUSE), "db"),
                        () -> assertThat(bench.records.isEmpty()).isTrue())
                .close();

        assertThat(bench.engine.calls()).containsExactly("pause db", "unpause db");
    }

    @Test
    void bringsEverythingBackIfSomethingCannotSettle() throws IOException {
        ToRest wanted = of("shop/cache", Bench.quiesce(Mode.PAUSE, "app"), "db");

        assertThatThrownBy(() -> brackets.open(wanted, () -> {
                    throw new IOException("it cannot be saved");
                }))
                .hasMessage("it cannot be saved");
        assertThatThrownBy(() -> brackets.open(wanted, () -> {
                    throw new InterruptedException();
                }))
                .isInstanceOf(InterruptedException.class);

        assertThat(bench.engine.calls()).containsExactly("pause app", "unpause app", "pause app", "unpause app");
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void runsTheCommandsOfEachOnceAndThoseAfterwardsInReverse() throws Exception {
        ToRest wanted = of("shop/a", hooks("on a", "off a")).and(of("shop/b", hooks("on b", "off b"), "db"));

        brackets.open(wanted, () -> assertThat(bench.ran).containsExactly(List.of("on a"), List.of("on b")))
                .close();

        assertThat(bench.ran).containsExactly(List.of("on a"), List.of("on b"), List.of("off b"), List.of("off a"));
    }

    @Test
    void runsTheOtherCommandsAfterwardsIfOneFails() throws Exception {
        bench.failWhen(List.of("off b")::equals);
        Bracket bracket = brackets.open(of("shop/a", hooks("on a", "off a")).and(of("shop/b", hooks("on b", "off b"))));

        assertFails("HF-Q27", "status 1", bracket::close);

        assertThat(bench.ran).endsWith(List.of("off b"), List.of("off a"));
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void letsNothingRestForLongerThanAnyMay() {
        ToRest nothing = of("shop/dump", limited(Duration.ofSeconds(1)));
        ToRest shorter = of("shop/cache", limited(Duration.ofMinutes(1)), "db");
        ToRest longer = of("shop/files", limited(Duration.ofMinutes(9)), "app");

        assertThat(nothing.and(longer).and(shorter).limit()).isEqualTo(Duration.ofMinutes(1));
        assertThat(shorter.and(nothing).and(longer).limit()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void capturesNoneOfThemIfOneMayBeHalfRestored() throws Exception {
        Brackets dead = bench.process();
        dead.open(Bench.restore("db"));
        dead.close();

        ToRest group = of("shop/files", Bench.quiesce(Mode.PAUSE), "app")
                .and(of(Bench.SUBJECT, Bench.quiesce(Mode.PAUSE), "db"));

        assertFails("HF-Q29", "restore of " + Bench.SUBJECT + " did", () -> brackets.open(group));
        assertThat(bench.engine.calls()).containsExactly("stop db");
    }

    @Test
    void isClosedByTheGuardWhenItsOwnerDies() throws Exception {
        Brackets dead = bench.process();
        dead.open(of("shop/cache", Bench.quiesce(Mode.PAUSE, "app"), "db")
                .and(of("shop/files", hooks("on", "off"), "off")));
        dead.close();

        bench.guard();

        assertStates(State.RUNNING, State.RUNNING, State.PAUSED, State.OFF);
        assertThat(bench.ran).containsExactly(List.of("on"), List.of("off"));
    }

    private static ToRest of(String subject, Quiesce quiesce, String... own) {
        return ToRest.forCaptureAwake(subject, quiesce, List.of(own));
    }

    private static Quiesce limited(Duration limit) {
        return new Quiesce(Mode.PAUSE, List.of(), List.of(), List.of(), List.of(), List.of(), limit);
    }

    private static Quiesce hooks(String before, String after) {
        return new Quiesce(
                Mode.PAUSE, List.of(), List.of(), List.of(), List.of(before), List.of(after), Quiesce.DEFAULT_LIMIT);
    }
}
