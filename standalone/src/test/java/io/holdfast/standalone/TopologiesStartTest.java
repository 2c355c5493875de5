package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

class TopologiesStartTest {

    private Instant now = Instant.parse("2026-11-26T12:00:00Z");
    private final TopologiesStart start = new TopologiesStart(() -> now, () -> now = now.plusSeconds(1));

    /** Is what it is told to be, a state more each time it is started. */
    private static final class Scripted implements Topology {

        private final Deque<State> states;
        private int starts = 1;

        private Scripted(State... states) {
            this.states = new ArrayDeque<>(List.of(states));
        }

        @Override
        public String name() {
            return "catalogue";
        }

        @Override
        public Optional<State> state() {
            return Optional.of(states.getFirst());
        }

        @Override
        public void startAgain() {
            starts++;
            if (states.size() > 1) {
                states.removeFirst();
            }
            if (states.getFirst() == State.CREATED) {
                throw new IllegalStateException("the one before still holds its directory");
            }
        }
    }

    @Test
    void touchesNothingThatRuns() throws UpProblem {
        var running = new Scripted(State.RUNNING);

        start.await(List.of(running));

        assertThat(running.starts).isOne();
    }

    @Test
    void startsAgainWhatEndedWithAnError() throws UpProblem {
        Instant before = now;
        var failed = new Scripted(State.ERROR, State.RUNNING);

        start.await(List.of(failed, new Scripted(State.RUNNING)));

        assertThat(failed.starts).isEqualTo(2);
        assertThat(Duration.between(before, now)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void startsAgainWhatHangs() throws UpProblem {
        var hanging = new Scripted(State.REBALANCING, State.RUNNING);

        start.await(List.of(hanging));

        assertThat(hanging.starts).isEqualTo(2);
    }

    @Test
    void goesOnTryingWhereItCannotBeStartedAgainYet() throws UpProblem {
        var held = new Scripted(State.REBALANCING, State.CREATED, State.RUNNING);

        start.await(List.of(held));

        assertThat(held.starts).isEqualTo(3);
    }

    @Test
    void namesWhatDoesNotStartInTheEnd() {
        assertThatThrownBy(() -> start.await(List.of(new Scripted(State.RUNNING), new Scripted(State.ERROR))))
                .isInstanceOf(UpProblem.class)
                .hasMessageStartingWith("HF-S38 Cannot start: after 180 s, the topology catalogue is ERROR");
    }
}
