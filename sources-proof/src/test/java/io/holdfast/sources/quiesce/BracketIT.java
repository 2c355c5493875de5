package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Quiesce.Mode;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.engine.Busybox;
import io.holdfast.sources.engine.Container;
import io.holdfast.sources.engine.Container.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Brackets on a real engine, with real guards, and processes that really die or hang. */
@Timeout(120)
class BracketIT {

    private static final String ENDS_WHEN_ASKED = "trap 'exit 0' TERM; sleep 600 & wait";
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    private static Path shared;

    @TempDir
    private Path state;

    private static Busybox busybox;
    private static Container running;
    private static Container off;

    /** As of a worker that lives on. */
    private static Brackets brackets;

    @BeforeAll
    static void oneRunsOneIsOff() throws IOException {
        busybox = Busybox.onThisMachine();
        running = busybox.start("running", ENDS_WHEN_ASKED, host -> host);
        off = busybox.start("off", ENDS_WHEN_ASKED, host -> host);
        busybox.kill(off.id());
        busybox.engine().waitFor(off.id(), SOON);
        brackets = Brackets.of(shared, busybox.engine(), Clock.systemUTC());
    }

    @BeforeEach
    void itRunsAgain() throws IOException {
        busybox.engine().start(running.id());
        assertThat(stateOf(running)).isEqualTo(State.RUNNING);
    }

    @AfterAll
    static void end() throws IOException {
        brackets.close();
        busybox.close();
    }

    @Test
    void pausesAndResumes() throws Exception {
        Bracket bracket = brackets.open(capture(Mode.PAUSE));
        assertThat(stateOf(running)).isEqualTo(State.PAUSED);

        bracket.close();

        assertThat(stateOf(running)).isEqualTo(State.RUNNING);
        assertThat(stateOf(off)).isEqualTo(State.EXITED);
        assertThat(bracket.rested())
                .hasValueSatisfying(rested -> assertThat(rested).isPositive());
    }

    /** As where the engine did not answer, or after an operator has thawed it by hand. */
    @Test
    void resumesWhatWasThawedPastTheEngine() throws Exception {
        Bracket bracket = brackets.open(capture(Mode.PAUSE));
        boolean thawed = Freezer.ofThisHost().thaw(running.id().hex());
        if (!thawed) {
            bracket.close();
        }
        assumeTrue(thawed, "needs an engine with cgroups v1 on this host");
        assertThat(stateOf(running)).isEqualTo(State.PAUSED);
        assertThatThrownBy(() -> busybox.engine().unpause(running.id())).hasMessageContaining("not paused");

        bracket.close();

        assertThat(stateOf(running)).isEqualTo(State.RUNNING);
        assertThat(Freezer.ofThisHost().freeze(running.id().hex()))
                .as("its processes go on")
                .isTrue();
        assertThat(Freezer.ofThisHost().thaw(running.id().hex())).isTrue();
    }

    @Test
    void stopsAndStarts() throws Exception {
        Bracket bracket = brackets.open(capture(Mode.STOP));
        assertThat(stateOf(running)).isEqualTo(State.EXITED);

        bracket.close();

        assertThat(stateOf(running)).isEqualTo(State.RUNNING);
        assertThat(stateOf(off)).isEqualTo(State.EXITED);
    }

    @Test
    void tellsOfAContainerThatSomebodyRestartedAndLeavesItAlone() throws Exception {
        Bracket bracket = brackets.open(capture(Mode.STOP));
        busybox.engine().start(running.id());
        busybox.engine().stop(running.id(), Duration.ZERO);

        assertThatThrownBy(bracket::close)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q26"));

        assertThat(stateOf(running)).isEqualTo(State.EXITED);
    }

    @Test
    void isClosedByTheGuardWhenItsOwnerIsKilled() throws Exception {
        Process owner = hold(Mode.PAUSE, Quiesce.DEFAULT_LIMIT, running, off);
        awaitOf(owner, () -> stateOf(running) == State.PAUSED);

        owner.destroyForcibly().waitFor();

        await().atMost(SOON).until(() -> stateOf(running) == State.RUNNING);
        assertThat(stateOf(off)).isEqualTo(State.EXITED);
        await().atMost(SOON).until(() -> !Watch.isKept(Brackets.below(state)));
    }

    @Test
    void startsWhatAKilledOwnerStopped() throws Exception {
        Process owner = hold(Mode.STOP, Quiesce.DEFAULT_LIMIT, running, off);
        awaitOf(owner, () -> stateOf(running) == State.EXITED);

        owner.destroyForcibly().waitFor();

        await().atMost(SOON).until(() -> stateOf(running) == State.RUNNING);
        assertThat(stateOf(off)).isEqualTo(State.EXITED);
    }

    @Test
    void startsWhatWasStillStoppingWhenItsOwnerWasKilled() throws Exception {
        Container slow =
                busybox.start("slow", "trap 'touch /asked; sleep 4; exit 0' TERM; sleep 600 & wait", host -> host);
        Process owner = hold(Mode.STOP, Quiesce.DEFAULT_LIMIT, slow);
        awaitOf(owner, () -> busybox.engine().pathExists(slow.id(), "/asked"));

        owner.destroyForcibly().waitFor();

        await().atMost(SOON).until(() -> !Watch.isKept(Brackets.below(state)));
        Container now = busybox.engine().requireContainer(slow.name());
        assertThat(now.state()).isEqualTo(State.RUNNING);
        assertThat(now.startedAt()).isAfter(slow.startedAt());
    }

    @Test
    void isClosedByTheGuardWhenItsOwnerHangsAndFailsTheOwnerWhenThatGoesOn() throws Exception {
        Process owner = hold(Mode.PAUSE, Duration.ofSeconds(2), running);
        awaitOf(owner, () -> stateOf(running) == State.PAUSED);
        signal(owner, "STOP");

        await().atMost(SOON).until(() -> stateOf(running) == State.RUNNING);

        signal(owner, "CONT");
        owner.getOutputStream().write('\n');
        owner.getOutputStream().flush();
        assertThat(new String(owner.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("failed HF-Q25");
    }

    private Process hold(Mode mode, Duration limit, Container... containers) throws IOException {
        return Holder.start(
                state,
                Map.of(),
                mode,
                limit,
                List.of(containers).stream().map(Container::name).toArray(String[]::new));
    }

    /** What it says where it ends instead tells why. */
    private static void awaitOf(Process owner, Callable<Boolean> done) {
        await().atMost(SOON).until(() -> {
            if (!owner.isAlive()) {
                throw new AssertionError("The owner ended: "
                        + new String(owner.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
            return done.call();
        });
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static ToRest capture(Mode mode) {
        return ToRest.forCapture("shop/db", Bench.quiesce(mode), List.of(running.name(), off.name()));
    }

    private static State stateOf(Container container) throws IOException {
        return busybox.engine().requireContainer(container.id().hex()).state();
    }
}
