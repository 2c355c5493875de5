package io.holdfast.monitor;

import io.holdfast.events.Received;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.jspecify.annotations.Nullable;

/** Each event to its own topic. A tombstone can only be the status of a component that is no longer planned. */
record OwnTopic() implements TopicNameExtractor<String, Received> {

    @Override
    public String extract(String key, @Nullable Received value, RecordContext context) {
        Topic topic = value instanceof Received.Known(var envelope) ? Topics.of(envelope.event()) : Topics.STATUS;
        return topic.name();
    }
}
