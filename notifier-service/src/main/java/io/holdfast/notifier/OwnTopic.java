package io.holdfast.notifier;

import io.holdfast.events.Received;
import io.holdfast.events.Topics;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/** Each event to its own topic. */
record OwnTopic() implements TopicNameExtractor<String, Received> {

    @Override
    public String extract(String key, Received value, RecordContext context) {
        return switch (value) {
            case Received.Known(var envelope) -> Topics.of(envelope.event()).name();
            case Received.Unknown _, Received.Broken _ -> Topics.DEAD_LETTERS.name();
        };
    }
}
