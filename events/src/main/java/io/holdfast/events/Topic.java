package io.holdfast.events;

import java.time.Duration;
import java.util.Optional;

/**
 * A topic and the rules it is created with.
 *
 * @param retention how long records are kept; empty for a compacted topic, which keeps the last record of each key
 */
public record Topic(String name, int partitions, Optional<Duration> retention) {

    static Topic facts(String name) {
        return new Topic(name, Topics.PARTITIONS, Optional.of(Duration.ofDays(400)));
    }

    static Topic compacted(String name) {
        return new Topic(name, Topics.PARTITIONS, Optional.empty());
    }

    static Topic brief(String name) {
        return new Topic(name, Topics.PARTITIONS, Optional.of(Duration.ofDays(1)));
    }

    /** The same with one partition: every reader sees all records in the order in which they were written. */
    Topic inOneOrder() {
        return new Topic(name, 1, retention);
    }

    @Override
    public String toString() {
        return name;
    }
}
