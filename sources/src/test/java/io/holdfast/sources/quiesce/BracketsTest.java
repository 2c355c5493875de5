package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Quiesce.Mode;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.quiesce.ContainerEngine.State;
import io.holdfast.sources.quiesce.Resting.OfContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BracketsTest {

    @TempDir
    private Path directory;

    private Bench bench;
    private Brackets brackets;

    @BeforeEach
    void twoRunOneIsPausedOneIsOff() throws IOException {
        bench = new Bench(directory);
        brackets = bench.process();
        bench.engine.create("app", State.RUNNING);
        bench.engine.create("db", State.RUNNING);
        bench.engine.create("frozen", State.PAUSED);
        bench.engine.create("off", State.OFF);
    }

    @AfterEach
    void end() throws IOException {
        brackets.close();
    }

    @Test
    void pausesWhatRunsAndLeavesTheRestAsItIs() throws Exception {
        Bracket bracket = brackets.open(Bench.capture(Mode.PAUSE, "app", "db", "frozen", "off"));
        assertStates(State.PAUSED, State.PAUSED, State.PAUSED, State.OFF);
        assertThat(bracket.rested()).isEmpty();

        bracket.close();

        assertStates(State.RUNNING, State.RUNNING, State.PAUSED, State.OFF);
        assertThat(bracket.rested()).isPresent();
        assertThat(bench.engine.calls()).containsExactly("pause app", "pause db", "unpause db", "unpause app");
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void stopsWhatRunsAndStartsNothingThatWasOff() throws Exception {
        brackets.open(Bench.capture(Mode.STOP, "app", "frozen", "off")).close();

        assertThat(bench.engine.calls()).containsExactly("stop app", "start app");
    }

    @Test
    void touchesNothingInAHotCapture() throws Exception {
        brackets.open(Bench.capture(Mode.NONE, "app")).close();

        assertThat(bench.engine.calls()).isEmpty();
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void writesDownWhatItWillTouchBeforeItDoes() throws Exception {
        var watched = new WatchedEngine(
                bench.engine,
                () -> assertThat(bench.records.all())
                        .singleElement()
                        .satisfies(record -> assertThat(record.resting()).hasSize(1)));
        try (Brackets other = bench.process(watched)) {
            other.open(Bench.capture(Mode.PAUSE, "db")).close();
        }
        assertThat(bench.engine.calls()).containsExactly("pause db", "unpause db");
    }

    @Test
    void refusesBeforeAnythingIsTouched() {
        bench.engine.create("loops", State.RESTARTING);
        bench.engine.create("ill", State.RUNNING);
        bench.engine.setUnhealthy("ill");
        bench.engine.create("fleeting", State.RUNNING);
        bench.engine.setGoesWhenStopped("fleeting");

        assertFails("HF-Q20", "nobody", () -> brackets.open(Bench.capture(Mode.PAUSE, "app", "nobody")));
        assertFails("HF-Q21", "loops", () -> brackets.open(Bench.capture(Mode.PAUSE, "app", "loops")));
        assertFails("HF-Q21", "ill", () -> brackets.open(Bench.capture(Mode.PAUSE, "app", "ill")));
        assertFails("HF-Q21", "fleeting", () -> brackets.open(Bench.capture(Mode.STOP, "app", "fleeting")));
        assertFails("HF-Q21", "frozen", () -> brackets.open(Bench.restore("app", "frozen")));

        assertThat(bench.engine.calls()).isEmpty();
    }

    @Test
    void bringsBackWhatRestsAlreadyIfTheNextCannot() {
        bench.engine.create("db", State.RUNNING);
        var failing = new WatchedEngine(bench.engine, () -> {
            if (bench.engine.calls().equals(List.of("pause app"))) {
                throw new IOException("the engine is out of order");
            }
        });

        assertFails("HF-Q22", "container db", () -> {
            try (Brackets other = bench.process(failing)) {
                other.open(Bench.capture(Mode.PAUSE, "app", "db"));
            }
        });

        assertStates(State.RUNNING, State.RUNNING, State.PAUSED, State.OFF);
    }

    @Test
    void leavesAloneWhatSomebodyElseHasTouched() throws Exception {
        Bracket bracket = brackets.open(Bench.capture(Mode.PAUSE, "app", "db", "off"));
        bench.engine.turn("app", State.OFF);
        bench.engine.turn("app", State.PAUSED);
        bench.engine.create("db", State.OFF);
        bench.engine.turn("off", State.RUNNING);

        assertFails("HF-Q26", "container app was started", bracket::close);

        assertStates(State.PAUSED, State.OFF, State.PAUSED, State.RUNNING);
        assertThat(bench.engine.calls()).containsExactly("pause app", "pause db");
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void startsWhatARestartOfTheEngineEndedAndFailsTheCapture() throws Exception {
        Bracket bracket = brackets.open(Bench.capture(Mode.PAUSE, "db", "off"));
        bench.engine.restart();

        assertFails("HF-Q26", "ended while it was paused", bracket::close);

        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
        assertThat(bench.engine.stateOf("off")).isEqualTo(State.OFF);
    }

    @Test
    void closesOnceOnly() throws Exception {
        Bracket bracket = brackets.open(Bench.capture(Mode.STOP, "db"));
        bracket.close();
        bench.engine.turn("db", State.OFF);

        bracket.close();

        assertThat(bench.engine.stateOf("db")).isEqualTo(State.OFF);
    }

    @Test
    void closesOnAThreadThatIsInterrupted() throws Exception {
        Bracket bracket = brackets.open(Bench.capture(Mode.PAUSE, "db"));
        Thread.currentThread().interrupt();

        bracket.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
    }

    @Test
    void bringsEverythingBackWhenTheLimitIsOverAndFailsWhoeverStillReads() throws Exception {
        Bracket bracket = brackets.open(ToRest.forCapture(
                Bench.SUBJECT,
                new Quiesce(Mode.PAUSE, List.of(), List.of(), List.of(), List.of(), List.of(), Duration.ofMillis(50)),
                List.of("db")));

        await().until(() -> bench.engine.stateOf("db") == State.RUNNING);

        assertFails("HF-Q25", "longer than the plan allows", bracket::close);
    }

    @Test
    void leavesAnOpenBracketToItsOwnerWhileThatLives() throws Exception {
        try (Bracket _ = brackets.open(Bench.capture(Mode.PAUSE, "db"))) {
            assertThat(bench.guard()).isEmpty();
            assertThat(bench.engine.stateOf("db")).isEqualTo(State.PAUSED);
        }
    }

    @Test
    void isClosedByTheGuardWhenItsOwnerDies() throws Exception {
        Brackets dead = bench.process();
        dead.open(Bench.capture(Mode.PAUSE, "app", "off"));
        dead.close();

        assertThat(bench.guard()).singleElement().asString().contains("shop/db", "everything was brought back");

        assertStates(State.RUNNING, State.RUNNING, State.PAUSED, State.OFF);
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void isClosedByTheGuardWhenItsOwnerHangsAndTheOwnerLearnsThat() throws Exception {
        Bracket bracket = brackets.open(Bench.capture(Mode.PAUSE, "db"));
        bench.later(Quiesce.DEFAULT_LIMIT.plusSeconds(1));
        assertThat(bench.guard()).isEmpty();

        bench.later(Duration.ofSeconds(5));
        assertThat(bench.guard()).hasSize(1);

        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
        assertFails("HF-Q25", "longer", bracket::close);
    }

    @Test
    void bringsBackWhatAnOwnerTouchesAfterTheGuardHasClosedItsBracket() throws Exception {
        var slow = new WatchedEngine(bench.engine, () -> {
            bench.later(Quiesce.DEFAULT_LIMIT.plusMinutes(1));
            bench.guard();
        });
        assertFails("HF-Q25", "longer", () -> {
            try (Brackets other = bench.process(slow)) {
                other.open(Bench.capture(Mode.PAUSE, "db"));
            }
        });

        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void failsAnOwnerOfWhoseBracketTheGuardCouldCloseOnlyAPart() throws Exception {
        Bracket bracket = brackets.open(Bench.capture(Mode.PAUSE, "app", "db"));
        bench.later(Quiesce.DEFAULT_LIMIT.plusMinutes(1));
        bench.engine.setStuck("db", true);
        bench.guard();
        assertThat(bench.engine.stateOf("app")).isEqualTo(State.RUNNING);
        bench.engine.setStuck("db", false);

        assertFails("HF-Q25", "longer", bracket::close);

        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void bringsBackWhatAnOwnerTouchesAfterTheGuardHasClosedAPart() throws Exception {
        var slow = new WatchedEngine(bench.engine, () -> {
            if (bench.engine.calls().contains("pause app")) {
                bench.later(Quiesce.DEFAULT_LIMIT.plusMinutes(1));
                bench.engine.setStuck("app", true);
                bench.guard();
                bench.engine.setStuck("app", false);
            }
        });

        assertFails("HF-Q25", "longer", () -> {
            try (Brackets other = bench.process(slow)) {
                other.open(Bench.capture(Mode.PAUSE, "app", "db"));
            }
        });

        assertStates(State.RUNNING, State.RUNNING, State.PAUSED, State.OFF);
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void bringsBackWhatCameToRestThoughThatFailedAndTheGuardHadClosedIt() throws Exception {
        var broken = new WatchedEngine(bench.engine, () -> {
            bench.later(Quiesce.DEFAULT_LIMIT.plusMinutes(1));
            bench.guard();
            bench.engine.turn("db", State.PAUSED);
            throw new IOException("the engine is out of order");
        });

        assertThatThrownBy(() -> {
                    try (Brackets other = bench.process(broken)) {
                        other.open(Bench.capture(Mode.STOP, "db"));
                    }
                })
                .hasMessageContaining("out of order");

        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void stopsToTheEndWhatItBeganToWhenItIsInterrupted() {
        Thread opener = Thread.currentThread();
        var watched = new WatchedEngine(bench.engine, () -> {
            opener.interrupt();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });

        assertThatThrownBy(() -> {
                    try (Brackets other = bench.process(watched)) {
                        other.open(Bench.capture(Mode.STOP, "app", "db"));
                    }
                })
                .isInstanceOf(InterruptedException.class);

        assertThat(bench.engine.calls()).containsExactly("stop app", "start app");
    }

    @Test
    void closesTheOthersWhereOneCannotBeClosedAtAll() throws Exception {
        Brackets dead = bench.process();
        dead.open(Bench.capture(Mode.PAUSE, "app"));
        dead.open(Bench.capture(Mode.PAUSE, "db"));
        dead.close();
        BracketRecord first = bench.records.all().getFirst();
        OfContainer held = (OfContainer) first.resting().getFirst();
        bench.engine.setStuck(held.name(), true);
        Path inTheWay = Files.createDirectories(directory.resolve(first.id() + ".json.tmp/file"));

        assertThat(bench.guard()).hasSize(2).first().asString().contains("cannot be closed");
        assertThat(bench.records.all()).hasSize(1);

        bench.engine.setStuck(held.name(), false);
        Files.delete(inTheWay);
        bench.guard();
        assertStates(State.RUNNING, State.RUNNING, State.PAUSED, State.OFF);
    }

    @Test
    void outlivesInItsProcessWhatIsAboutToStop() throws Exception {
        var stopping = new CountDownLatch(1);
        var stops = new CountDownLatch(1);
        Brackets ending = bench.process(new WatchedEngine(bench.engine, () -> {
            stopping.countDown();
            await().until(() -> stops.getCount() == 0);
        }));
        Thread opener = Thread.ofPlatform().start(() -> {
            try {
                ending.open(Bench.capture(Mode.STOP, "app", "db"));
            } catch (IOException | InterruptedException _) {
                // What becomes of the containers tells.
            }
        });
        stopping.await();
        opener.interrupt();

        var end = CompletableFuture.runAsync(() -> {
            try {
                ending.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        await().during(Duration.ofMillis(200)).until(() -> !end.isDone());
        assertThat(bench.guard()).isEmpty();
        stops.countDown();
        end.join();
        assertThat(bench.engine.calls()).containsExactly("stop app", "start app");
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void goesOnTryingWhatCannotBeBroughtBack() throws Exception {
        Bracket bracket = brackets.open(Bench.capture(Mode.STOP, "db"));
        bench.engine.setReachable(false);

        assertFails("HF-Q24", "does not answer", bracket::close);
        assertThat(bench.guard()).singleElement().asString().contains("not everything", "does not answer");

        bench.engine.setReachable(true);
        assertThat(bench.guard()).hasSize(1);
        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
        assertThat(bench.records.isEmpty()).isTrue();
    }

    @Test
    void letsTheLastOfThoseWhoShareBringBack() throws Exception {
        Bracket first = brackets.open(Bench.capture(Mode.PAUSE, "db"));
        Bracket second = brackets.open(Bench.capture(Mode.PAUSE, "app", "db"));

        first.close();
        assertThat(bench.engine.stateOf("db")).isEqualTo(State.PAUSED);

        second.close();
        assertStates(State.RUNNING, State.RUNNING, State.PAUSED, State.OFF);
    }

    @Test
    void tellsBothOfThoseWhoShareThatItDidNotStayAtRest() throws Exception {
        Bracket first = brackets.open(Bench.capture(Mode.PAUSE, "db"));
        Bracket second = brackets.open(Bench.capture(Mode.PAUSE, "db"));
        bench.engine.turn("db", State.RUNNING);

        assertFails("HF-Q26", "container db", first::close);
        assertFails("HF-Q26", "container db", second::close);
    }

    @Test
    void stopsNothingThatIsBeingReadWhileItIsPaused() throws Exception {
        Bracket reading = brackets.open(Bench.capture(Mode.PAUSE, "db"));
        var restore = CompletableFuture.supplyAsync(() -> {
            try {
                return brackets.open(Bench.restore("db"));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().during(Duration.ofMillis(300)).until(() -> !restore.isDone());
        assertThat(bench.engine.stateOf("db")).isEqualTo(State.PAUSED);

        reading.close();

        restore.join().close();
        assertThat(bench.engine.calls()).containsExactly("pause db", "unpause db", "stop db", "start db");
    }

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

    private static ToRest withHooks() {
        return ToRest.forCapture(
                Bench.SUBJECT,
                new Quiesce(
                        Mode.PAUSE,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of("flush"),
                        List.of("announce"),
                        Quiesce.DEFAULT_LIMIT),
                List.of("db"));
    }

    private void assertStates(State app, State db, State frozen, State off) {
        assertThat(List.of("app", "db", "frozen", "off"))
                .extracting(bench.engine::stateOf)
                .containsExactly(app, db, frozen, off);
    }

    private static void assertFails(String code, String named, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(named);
    }
}
