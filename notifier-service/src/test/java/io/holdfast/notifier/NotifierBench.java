package io.holdfast.notifier;

import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.IncidentEvent;
import io.holdfast.events.NoticeEvent.NoticeRequested;
import io.holdfast.events.Received;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import io.holdfast.messaging.ReceivedSerde;
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
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.test.TestRecord;

/** The topology on a bench, with a clock that the test moves. */
final class NotifierBench implements AutoCloseable {

    private final TopologyTestDriver driver;
    private final TestOutputTopic<String, Received> incidents;
    private final TestOutputTopic<String, Received> notices;
    private Instant now;

    NotifierBench(Path state, Instant now) {
        this.now = now;
        var properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(topology(state), properties, now);
        incidents =
                driver.createOutputTopic(Topics.INCIDENTS.name(), new StringDeserializer(), new ReceivedSerde.Reader());
        notices = driver.createOutputTopic(Topics.NOTICES.name(), new StringDeserializer(), new ReceivedSerde.Reader());
    }

    static Topology topology(Path state) {
        var builder = new StreamsBuilder();
        NotifierTopology.notify(
                builder.stream(
                        List.of(Topics.ALERTS.name(), Topics.INCIDENTS.name(), Topics.PLAN.name()),
                        Consumed.with(Serdes.String(), new ReceivedSerde()).withName("inputs")),
                Given.settings(state));
        return builder.build();
    }

    /** The same service after a restart: what it had in its stores, and nothing else. */
    NotifierBench restarted(Path state) {
        var next = new NotifierBench(state, now);
        for (String store : List.of(IncidentWatch.INCIDENTS, IncidentWatch.PATH)) {
            try (var all = driver.getKeyValueStore(store).all()) {
                all.forEachRemaining(
                        entry -> next.driver.getKeyValueStore(store).put(entry.key, entry.value));
            }
        }
        close();
        return next;
    }

    Envelope receive(Event event) {
        var envelope = new Envelope("id", "/test", now, "correlation", event);
        receive(envelope);
        return envelope;
    }

    void receive(Envelope envelope) {
        driver.createInputTopic(Topics.of(envelope.event()).name(), new StringSerializer(), new ReceivedSerde.Writer())
                .pipeInput(new TestRecord<>(
                        envelope.event().key(), new Received.Known(envelope), new RecordHeaders(), now));
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

    List<IncidentEvent> incidents() {
        return incidents.readValuesToList().stream()
                .map(received ->
                        (IncidentEvent) ((Received.Known) received).envelope().event())
                .toList();
    }

    List<NoticeRequested> notices() {
        return notices.readValuesToList().stream()
                .map(received ->
                        (NoticeRequested) ((Received.Known) received).envelope().event())
                .toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
