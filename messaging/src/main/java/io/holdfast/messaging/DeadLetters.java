package io.holdfast.messaging;

import io.holdfast.events.Envelope;
import io.holdfast.events.EventTypes;
import io.holdfast.events.Received;
import io.holdfast.events.Topics;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Where records go that are no events of the contract: the dead-letter topic, see {@link LaidAside}. The monitor raises
 * an alert for each topic that they come from.
 */
public final class DeadLetters {

    private final Consumer<ProducerRecord<String, Received>> sender;

    /**
     * Creates the way to the dead-letter topic.
     *
     * @param sender returns when the broker has the record durably
     */
    public DeadLetters(Consumer<ProducerRecord<String, Received>> sender) {
        this.sender = sender;
    }

    /** Sets a record aside; returns when the broker has it durably. */
    public void setAside(String topic, @Nullable String key, Received received) {
        LaidAside aside = LaidAside.of(topic, key, headers(received), received);
        sender.accept(
                new ProducerRecord<>(Topics.DEAD_LETTERS.name(), null, aside.key(), aside.received(), aside.headers()));
    }

    private static Headers headers(Received received) {
        Map<String, byte[]> own = switch (received) {
            case Received.Known _ -> Map.of();
            case Received.Unknown unknown -> unknown.original().headers();
            case Received.Broken broken -> broken.original().headers();
        };
        var headers = new RecordHeaders();
        own.forEach(headers::add);
        return headers;
    }

    /** Why a record is no event that could be handled. */
    public static String reason(Received received) {
        return switch (received) {
            case Received.Broken broken -> broken.reason();
            case Received.Unknown unknown -> "the event type '%s' is not known".formatted(unknown.type());
            case Received.Known(Envelope envelope) ->
                "the event %s, %s, is not for this topic"
                        .formatted(
                                envelope.id(),
                                EventTypes.nameOf(envelope.event().getClass()));
        };
    }
}
