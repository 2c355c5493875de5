package io.holdfast.messaging;

import io.holdfast.events.Received;
import io.holdfast.events.Topics;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Where records go that are no events of the contract: the dead-letter topic, with their own bytes and headers and why
 * they are there. The monitor raises an alert for each.
 */
public final class DeadLetters {

    /** Header: the topic the record came from. */
    public static final String TOPIC = "holdfast-original-topic";

    /** Header: why the record could not be handled, for an operator. */
    public static final String REASON = "holdfast-reason";

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
    public void setAside(String topic, String key, Received received) {
        String reason = reason(received);
        var record = new ProducerRecord<>(Topics.DEAD_LETTERS.name(), key, received);
        record.headers().add(TOPIC, topic.getBytes(StandardCharsets.UTF_8));
        record.headers().add(REASON, reason.getBytes(StandardCharsets.UTF_8));
        sender.accept(record);
    }

    /** Why a record is no event that could be handled. */
    public static String reason(Received received) {
        return switch (received) {
            case Received.Broken broken -> broken.reason();
            case Received.Unknown unknown -> "the event type '%s' is not known".formatted(unknown.type());
            case Received.Known known ->
                "the event %s is not for this topic".formatted(known.envelope().id());
        };
    }
}
