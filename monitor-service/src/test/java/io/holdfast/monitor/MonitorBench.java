package io.holdfast.monitor;

import io.holdfast.events.AlertEvent;
import io.holdfast.events.Event;
import io.holdfast.events.Received;
import io.holdfast.events.StatusRecord.ComponentStatus;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import io.holdfast.messaging.testing.TopologyBench;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;

/** The monitor's topology on a bench. */
final class MonitorBench extends TopologyBench {

    MonitorBench(Path state, Instant now) {
        super(topology(), state, now);
    }

    static Topology topology() {
        return topology("monitor", "monitoring", received -> MonitorTopology.watch(received, Given.SETTINGS));
    }

    /** Every topic of the contract whose broken records are the monitor's to set aside. */
    static Stream<Topic> ownedTopics() {
        return Topics.central().stream()
                .filter(topic -> !topic.equals(Topics.DEAD_LETTERS) && !topic.equals(Topics.requests(Topics.CENTRE)));
    }

    MonitorBench restarted(Path state) {
        return handOver(new MonitorBench(state, now()), ComponentWatch.STORE, DeadLetterWatch.STORE);
    }

    void receive(Event event) {
        receive(Given.envelope(event));
    }

    List<AlertEvent> alerts() {
        return events(Topics.ALERTS, AlertEvent.class);
    }

    List<ComponentStatus> statuses() {
        return events(Topics.STATUS, ComponentStatus.class);
    }

    List<KeyValue<String, Received>> statusRecords() {
        return output(Topics.STATUS).readKeyValuesToList();
    }

    /** How many events of unknown types it has counted, by topic. */
    Map<String, Double> unknown() {
        return metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("unknown-type-total"))
                .collect(Collectors.toMap(metric -> metric.getKey().tags().get("events-id"), metric ->
                        (Double) metric.getValue().metricValue()));
    }

    List<TestRecord<String, Received>> deadLetters() {
        return output(Topics.DEAD_LETTERS).readRecordsToList();
    }
}
