package io.holdfast.monitor;

import io.holdfast.events.Received;
import io.holdfast.events.Topics;
import io.holdfast.messaging.JsonSerde;
import io.holdfast.messaging.ReceivedSerde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * What the monitor does with the topics: every fact goes to its component, every record that is no event is set aside,
 * and what lies aside is watched too.
 */
final class MonitorTopology {

    /** Who says what the monitor says. */
    static final String SOURCE = "/central/monitor-service";

    private MonitorTopology() {}

    static void watch(KStream<String, Received> received, MonitorSettings settings) {
        var unknown = new UnknownTypes();
        var arrivals = received.filter((_, value) -> value != null, Named.as("skip-tombstones"))
                .processValues(() -> new ArrivalReader(unknown), Named.as("note-where-from"));
        watchComponents(arrivals, settings);
        watchDeadLetters(arrivals, settings);
        arrivals.filter((_, arrival) -> arrival.isToSetAside(), Named.as("no-events"))
                .process(SettingAside::new, Named.as("say-why"))
                .to(
                        Topics.DEAD_LETTERS.name(),
                        Produced.with(Serdes.String(), new ReceivedSerde()).withName("to-dead-letters"));
    }

    private static void watchComponents(KStream<String, Arrival> arrivals, MonitorSettings settings) {
        arrivals.flatMap((_, arrival) -> arrival.ofComponent(), Named.as("by-component"))
                .repartition(Repartitioned.<String, Received>as("monitor-by-component")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(new ReceivedSerde()))
                .process(new ComponentWatch.Supplier(settings), Named.as("watch-components"))
                .to(
                        new OwnTopic(),
                        Produced.with(Serdes.String(), new ReceivedSerde()).withName("to-alerts-and-status"));
    }

    private static void watchDeadLetters(KStream<String, Arrival> arrivals, MonitorSettings settings) {
        arrivals.flatMap((_, arrival) -> arrival.ofDeadLetter(), Named.as("by-original-topic"))
                .repartition(Repartitioned.<String, DeadLetter>as("monitor-dead-letters")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(new JsonSerde<>(DeadLetter.class)))
                .process(new DeadLetterWatch.Supplier(settings), Named.as("watch-dead-letters"))
                .to(
                        new OwnTopic(),
                        Produced.with(Serdes.String(), new ReceivedSerde()).withName("to-alerts"));
    }
}
