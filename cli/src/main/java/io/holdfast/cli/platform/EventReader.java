package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.CliException;
import io.holdfast.cli.terminal.Code;
import io.holdfast.events.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics as they are, without a consumer group: it commits nothing and disturbs nobody. */
final class EventReader implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);

    private final String brokers;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<TopicPartition> reading = new HashSet<>();

    /** @param more settings of Kafka's clients, as for TLS */
    EventReader(String brokers, Properties more) {
        this.brokers = brokers;
        Properties settings = new Properties();
        settings.putAll(more);
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "holdfast-events");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try {
            consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    /** The project's topics. */
    SortedSet<String> topics() {
        try {
            SortedSet<String> topics = new TreeSet<>(consumer.listTopics(ANSWER).keySet());
            topics.removeIf(topic -> !topic.startsWith(Topics.PREFIX));
            return topics;
        } catch (TimeoutException e) {
            throw unreachable(e);
        }
    }

    /** Reads these topics too. A partition that is read already goes on where it is. */
    void add(Collection<String> topics, boolean fromBeginning) {
        List<TopicPartition> fresh = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic, ANSWER)
                    .forEach(info -> fresh.add(new TopicPartition(info.topic(), info.partition())));
        }
        fresh.removeAll(reading);
        if (fresh.isEmpty()) {
            return;
        }
        reading.addAll(fresh);
        consumer.assign(reading);
        if (fromBeginning) {
            consumer.seekToBeginning(fresh);
        } else {
            consumer.seekToEnd(fresh);
            fresh.forEach(consumer::position);
        }
    }

    /** What has arrived, in the order of its times; nothing after half a second without any. */
    List<EventLine> poll() {
        List<EventLine> lines = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
            lines.add(EventLine.of(each));
        }
        lines.sort(Comparator.comparing(EventLine::time));
        return lines;
    }

    /** Where the topics end now. */
    Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(reading, ANSWER);
    }

    boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue());
    }

    CliException unreachable(KafkaException e) {
        String why = e instanceof TimeoutException ? "no answer" : reason(e);
        return Code.BROKER_UNREACHABLE
                .because(
                        "Cannot read events from the broker at %s: %s. Nothing was changed, and every backup is safe. Check --brokers, and whether the broker runs."
                                .formatted(brokers, why))
                .causedBy(e);
    }

    /** Why in the end: what stands above says only that no consumer could be made. */
    private static String reason(Throwable problem) {
        Throwable cause = problem.getCause();
        return cause == null ? String.valueOf(problem.getMessage()) : reason(cause);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    /** Does something with the broker; if it stops answering, that is said as {@link #unreachable} says it. */
    void guarded(Runnable work) {
        try {
            work.run();
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }
}
