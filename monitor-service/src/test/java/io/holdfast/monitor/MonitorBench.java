package io.holdfast.monitor;

import io.holdfast.events.AlertEvent;
import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.Received;
import io.holdfast.events.StatusRecord.ComponentStatus;
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
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.test.TestRecord;

/** The topology on a bench, with a clock that the test moves. */
final class MonitorBench implements AutoCloseable {

    private static final List<String> INPUTS = inputs();

    private final TopologyTestDriver driver;
    private final TestOutputTopic<String, Received> alerts;
    private final TestOutputTopic<String, Received> status;
    private final TestOutputTopic<String, Received> deadLetters;
    private Instant now;

    MonitorBench(Path state, Instant now) {
        this.now = now;
        var properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(topology(), properties, now);
        alerts = output(Topics.ALERTS);
        status = output(Topics.STATUS);
        deadLetters = output(Topics.DEAD_LETTERS);
    }

    static Topology topology() {
        var builder = new StreamsBuilder();
        MonitorTopology.watch(
                builder.stream(
                        INPUTS,
                        Consumed.with(Serdes.String(), new ReceivedSerde()).withName("inputs")),
                Given.SETTINGS);
        return builder.build();
    }

    /** The same service after a restart: what it had in its stores, and nothing else. */
    MonitorBench restarted(Path state) {
        var next = new MonitorBench(state, now);
        copy(ComponentWatch.STORE, next);
        copy(DeadLetterWatch.STORE, next);
        close();
        return next;
    }

    void receive(Event event) {
        receive(Given.envelope(event), now);
    }

    void receive(Envelope envelope, Instant recordedAt) {
        driver.createInputTopic(Topics.of(envelope.event()).name(), new StringSerializer(), new ReceivedSerde.Writer())
                .pipeInput(new TestRecord<>(
                        envelope.event().key(), new Received.Known(envelope), new RecordHeaders(), recordedAt));
    }

    void receiveBytes(Topic topic, Map<String, String> headers, String data) {
        var all = new RecordHeaders();
        headers.forEach((name, value) -> all.add(name, value.getBytes(StandardCharsets.UTF_8)));
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>("key", data.getBytes(StandardCharsets.UTF_8), all, now));
    }

    void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    Instant now() {
        return now;
    }

    List<AlertEvent> alerts() {
        return alerts.readValuesToList().stream()
                .map(MonitorBench::event)
                .map(AlertEvent.class::cast)
                .toList();
    }

    List<ComponentStatus> statuses() {
        return status.readValuesToList().stream()
                .map(MonitorBench::event)
                .map(ComponentStatus.class::cast)
                .toList();
    }

    List<KeyValue<String, Received>> statusRecords() {
        return status.readKeyValuesToList();
    }

    List<TestRecord<String, Received>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    @Override
    public void close() {
        driver.close();
    }

    private static List<String> inputs() {
        var properties = new Properties();
        try (InputStream file = MonitorBench.class.getResourceAsStream("/holdfast/monitor.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(properties
                .getProperty("spring.cloud.stream.bindings.monitoring-in-0.destination")
                .split(","));
    }

    private TestOutputTopic<String, Received> output(Topic topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), new ReceivedSerde.Reader());
    }

    private void copy(String store, MonitorBench next) {
        try (var all = driver.getKeyValueStore(store).all()) {
            all.forEachRemaining(entry -> next.driver.getKeyValueStore(store).put(entry.key, entry.value));
        }
    }

    private static Event event(Received received) {
        return ((Received.Known) received).envelope().event();
    }
}
