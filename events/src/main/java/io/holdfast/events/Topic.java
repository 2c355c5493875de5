package io.holdfast.events;

import java.time.Duration;
import java.util.Optional;

/**
 * A topic and the rules it is created with.
 *
 * @param retention how long records are kept; empty for a compacted topic, which keeps the last record of each key
 * @param mostBytes what is kept of each partition at most, the newest; empty where time alone decides
 */
public record Topic(String name, int partitions, Optional<Duration> retention, Optional<Long> mostBytes) {

    static Topic facts(String name) {
        return kept(name, Topics.PARTITIONS, Duration.ofDays(400));
    }

    static Topic compacted(String name) {
        return new Topic(name, Topics.PARTITIONS, Optional.empty(), Optional.empty());
    }

    static Topic brief(String name) {
        return kept(name, Topics.PARTITIONS, Duration.ofDays(1));
    }

    static Topic kept(String name, int partitions, Duration retention) {
        return new Topic(name, partitions, Optional.of(retention), Optional.empty());
    }

    /** The same with one partition: every reader sees all records in the order in which they were written. */
    Topic inOneOrder() {
        return new Topic(name, 1, retention, mostBytes);
    }

    /** The same with a bound on each partition, for what strangers may write without end. */
    Topic atMost(long bytes) {
        return new Topic(name, partitions, retention, Optional.of(bytes));
    }

    @Override
    public String toString() {
        return name;
    }
}
