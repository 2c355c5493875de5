package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Quiesce.Mode;
import io.holdfast.sources.quiesce.ContainerEngine.State;
import io.holdfast.sources.quiesce.Resting.OfContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Brackets whose owner dies, hangs or cannot close them. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class LeftBracketsTest extends BracketsFixture {

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
}
