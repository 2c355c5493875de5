package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Quiesce.Mode;
import io.holdfast.sources.quiesce.ContainerEngine.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is brought to rest, and comes back. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class BracketsTest extends BracketsFixture {

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
    void touchesNothingThatCannotBeWrittenDown() throws IOException {
        Files.createDirectory(directory.resolve("restore-shop.db.json"));

        assertFails("HF-Q28", "Cannot write down", () -> brackets.open(Bench.restore("app")));

        assertThat(bench.engine.calls()).isEmpty();
    }

    @Test
    void touchesNothingThatNoGuardWatches() throws IOException {
        Path state = directory.resolve("site");
        Files.createDirectories(Brackets.below(state).resolve("guard.log"));

        try (Brackets unguarded = bench.process(new GuardProcess(state))) {
            assertFails("HF-Q28", "cannot be started", () -> unguarded.open(Bench.capture(Mode.PAUSE, "app")));
        }

        assertThat(bench.engine.calls()).isEmpty();
    }

    @Test
    void goesOnBesideABracketThatCannotBeReadAndLeavesItToBeLookedAt() throws Exception {
        Path cut = Files.writeString(directory.resolve("capture-cut.json"), "{\"id\":");
        Path unreadable = Files.createDirectory(directory.resolve("capture-unreadable.json"));

        brackets.open(Bench.capture(Mode.PAUSE, "app")).close();

        assertThat(bench.engine.calls()).containsExactly("pause app", "unpause app");
        assertThat(cut).exists();
        assertThat(unreadable).exists();
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
    void pausesOnceMoreWhatWasTooBusyToBeFrozen() throws Exception {
        bench.engine.setBusy("db", 2);

        try (Bracket _ = brackets.open(Bench.capture(Mode.PAUSE, "db"))) {
            assertThat(bench.engine.stateOf("db")).isEqualTo(State.PAUSED);
        }

        assertThat(bench.engine.calls()).containsExactly("pause db", "pause db", "pause db", "unpause db");
    }

    @Test
    void saysOnlyWhyItCouldNotBePausedIfItNeverWas() {
        bench.engine.setBusy("db", 100);

        assertThatThrownBy(() -> brackets.open(Bench.capture(Mode.PAUSE, "db")))
                .hasMessageContaining("unable to freeze")
                .hasNoSuppressedExceptions();
        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
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
    void bringsBackWhatTheEngineDoesNotAnswerAboutAnyMore() throws Exception {
        Bracket bracket = brackets.open(Bench.capture(Mode.PAUSE, "db"));
        bench.engine.setSilent("db");

        bracket.close();

        assertThat(bench.engine.calls()).containsExactly("pause db", "thaw db", "unpause db");
        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
    }

    /** As of Docker 20.10: the event of an earlier pause comes after a later one, and it says that this has ended. */
    @Test
    void bringsBackWhatTheEngineSaysTooLateToBePaused() throws Exception {
        Bracket bracket = brackets.open(Bench.capture(Mode.PAUSE, "db"));
        bench.engine.setLate("db");

        bracket.close();

        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
        assertThat(bench.engine.calls()).containsExactly("pause db", "unpause db");
    }

    @Test
    void leavesFrozenWhatAnotherBracketStillReads() throws Exception {
        Bracket first = brackets.open(Bench.capture(Mode.PAUSE, "db"));
        Bracket second = brackets.open(Bench.capture(Mode.PAUSE, "db"));
        bench.engine.setSilent("db");

        assertFails("HF-Q24", "no answer", first::close);

        assertThat(bench.engine.calls()).doesNotContain("thaw db");
        second.close();
        assertThat(bench.engine.stateOf("db")).isEqualTo(State.RUNNING);
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
}
