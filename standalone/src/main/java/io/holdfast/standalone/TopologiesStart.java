package io.holdfast.standalone;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until all topologies run. One that has ended is started again, and so is one that does not get there: after a
 * kill it may wait for an answer that the broker, which is new as well, no longer owes it.
 */
final class TopologiesStart {

    private static final Logger LOG = LoggerFactory.getLogger(TopologiesStart.class);

    private static final Duration ALL_WITHIN = Duration.ofMinutes(3);
    private static final Duration RUNNING_WITHIN = Duration.ofMinutes(1);
    private static final Duration ENDED_FOR = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Runnable pause;
    private final Map<Topology, Instant> started = new HashMap<>();

    /** @param pause waits for a moment */
    TopologiesStart(InstantSource clock, Runnable pause) {
        this.clock = clock;
        this.pause = pause;
    }

    void await(List<Topology> topologies) throws UpProblem {
        Instant limit = clock.instant().plus(ALL_WITHIN);
        List<Topology> missing = new ArrayList<>(topologies);
        while (true) {
            missing.removeIf(topology -> topology.state().equals(Optional.of(State.RUNNING)));
            if (missing.isEmpty()) {
                return;
            }
            if (clock.instant().isAfter(limit)) {
                throw new UpProblem("HF-S38", """
                        Cannot start: after %d s, %s, though started again. Nothing was lost: vaults and regions are not \
                        affected, and requests are kept. The end of logs/holdfast.log in the data directory tells why; \
                        mend that, then start again.""".formatted(
                                ALL_WITHIN.toSeconds(),
                                missing.stream().map(TopologiesStart::told).collect(Collectors.joining(", "))));
            }
            missing.forEach(this::startAgainWhenDue);
            pause.run();
        }
    }

    private void startAgainWhenDue(Topology topology) {
        Instant now = clock.instant();
        Instant since = started.computeIfAbsent(topology, _ -> now);
        if (now.isAfter(since.plus(hasEnded(topology) ? ENDED_FOR : RUNNING_WITHIN))) {
            LOG.warn("After {} {}: it is started again", Duration.between(since, now), told(topology));
            try {
                topology.startAgain();
            } catch (RuntimeException e) {
                LOG.warn("Topology {} cannot be started again yet", topology.name(), e);
            }
            started.put(topology, clock.instant());
        }
    }

    private static boolean hasEnded(Topology topology) {
        return topology.state()
                .filter(state -> state.isShuttingDown() || state.hasCompletedShutdown())
                .isPresent();
    }

    private static String told(Topology topology) {
        return "the topology %s is %s"
                .formatted(topology.name(), topology.state().map(State::name).orElse("not there"));
    }
}
