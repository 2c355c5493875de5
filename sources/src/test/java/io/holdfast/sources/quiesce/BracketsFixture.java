package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.quiesce.ContainerEngine.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Of four containers two run, one is paused, one is off. */
abstract class BracketsFixture {

    @TempDir
    Path directory;

    Bench bench;
    Brackets brackets;

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

    void assertStates(State app, State db, State frozen, State off) {
        assertThat(List.of("app", "db", "frozen", "off"))
                .extracting(bench.engine::stateOf)
                .containsExactly(app, db, frozen, off);
    }

    static void assertFails(String code, String named, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(named);
    }
}
