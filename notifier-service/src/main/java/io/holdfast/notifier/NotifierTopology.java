package io.holdfast.notifier;

import io.holdfast.events.AlertEvent;
import io.holdfast.events.Event;
import io.holdfast.events.IncidentEvent.IncidentAcknowledged;
import io.holdfast.events.PlanRecord.EscalationPlanned;
import io.holdfast.events.PlanRecord.Retired;
import io.holdfast.events.Received;
import io.holdfast.messaging.ReceivedSerde;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.jspecify.annotations.Nullable;

/** Brings everything about an alert's subject together, and the escalation path to wherever it is needed. */
final class NotifierTopology {

    /** Who says what the notifier says. */
    static final String SOURCE = "/central/notifier-service";

    private NotifierTopology() {}

    static void notify(KStream<String, Received> received, NotifierSettings settings) {
        received.flatMap((_, value) -> bySubject(value), Named.as("by-subject"))
                .repartition(Repartitioned.<String, Received>as("notifier-by-subject")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(new ReceivedSerde())
                        .withStreamPartitioner(new PathEverywhere()))
                .process(new IncidentWatch.Supplier(settings), Named.as("watch-incidents"))
                .to(
                        new OwnTopic(),
                        Produced.with(Serdes.String(), new ReceivedSerde()).withName("to-incidents-and-notices"));
    }

    private static List<KeyValue<String, Received>> bySubject(@Nullable Received received) {
        return received instanceof Received.Known(var envelope)
                ? subject(envelope.event()).stream()
                        .map(subject -> KeyValue.pair(subject, received))
                        .toList()
                : List.of();
    }

    private static Optional<String> subject(Event event) {
        return switch (event) {
            case AlertEvent alert -> Optional.of(alert.subject());
            case IncidentAcknowledged acknowledged -> Optional.of(acknowledged.subject());
            case EscalationPlanned planned -> Optional.of(planned.key());
            case Retired retired when retired.key().equals(EscalationPlanned.KEY) -> Optional.of(retired.key());
            case Event _ -> Optional.empty();
        };
    }
}
