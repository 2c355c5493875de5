package io.holdfast.messaging.testing;

import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.Received;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import io.holdfast.messaging.ReceivedSerde;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** A topology on a bench, with a clock that the test moves. */
public class TopologyBench implements AutoCloseable {

    private final TopologyTestDriver driver;
    private Instant now;

    /** @param state a directory that no other bench uses */
    public TopologyBench(Topology topology, Path state, Instant now) {
        var properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        this.driver = new TopologyTestDriver(topology, properties, now);
        this.now = now;
    }

    /**
     * The topology of a function, reading the topics that it is bound to.
     *
     * @param service whose bindings lie in {@code /holdfast/<service>.properties}
     */
    public static Topology topology(String service, String function, Consumer<KStream<String, Received>> wiring) {
        var builder = new StreamsBuilder();
        wiring.accept(builder.stream(
                inputs(service, function),
                Consumed.with(Serdes.String(), new ReceivedSerde()).withName("inputs")));
        return builder.build();
    }

    private static List<String> inputs(String service, String function) {
        String file = "/holdfast/%s.properties".formatted(service);
        var properties = new Properties();
        try (InputStream resource = TopologyBench.class.getResourceAsStream(file)) {
            properties.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(properties
                .getProperty("spring.cloud.stream.bindings.%s-in-0.destination".formatted(function))
                .split(","));
    }

    /** Brings an event on its own topic, recorded now. */
    public final void receive(Envelope envelope) {
        receive(envelope, now);
    }

    public final void receive(Envelope envelope, Instant recordedAt) {
        receive(Topics.of(envelope.event()), envelope, recordedAt);
    }

    /** Brings an event on any topic. */
    public final void receive(Topic topic, Envelope envelope, Instant recordedAt) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ReceivedSerde.Writer())
                .pipeInput(new TestRecord<>(
                        envelope.event().key(), new Received.Known(envelope), new RecordHeaders(), recordedAt));
    }

    /** Brings any record, under the key {@code key}; without data a tombstone. */
    public final void receiveBytes(Topic topic, Map<String, String> headers, @Nullable String data) {
        var all = new RecordHeaders();
        headers.forEach((name, value) -> all.add(name, bytes(value)));
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>("key", data == null ? null : bytes(data), all, now));
    }

    public final void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    public final Instant now() {
        return now;
    }

    /** What comes out on a topic. */
    public final TestOutputTopic<String, Received> output(Topic topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), new ReceivedSerde.Reader());
    }

    /** The events that have come out on a topic since they were last read. */
    public final <E extends Event> List<E> events(Topic topic, Class<E> family) {
        return output(topic).readValuesToList().stream()
                .map(received ->
                        family.cast(((Received.Known) received).envelope().event()))
                .toList();
    }

    public final <V> KeyValueStore<String, V> store(String name) {
        return driver.getKeyValueStore(name);
    }

    public final Map<MetricName, ? extends Metric> metrics() {
        return driver.metrics();
    }

    /** Gives the same service after a restart what it had in its stores, and nothing else. */
    public final <B extends TopologyBench> B handOver(B next, String... stores) {
        for (String store : stores) {
            try (var all = store(store).all()) {
                all.forEachRemaining(entry -> next.store(store).put(entry.key, entry.value));
            }
        }
        close();
        return next;
    }

    @Override
    public final void close() {
        driver.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
