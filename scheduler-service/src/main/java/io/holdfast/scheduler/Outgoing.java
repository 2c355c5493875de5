package io.holdfast.scheduler;

import io.holdfast.events.Envelope;
import io.holdfast.events.Received;
import io.holdfast.events.Topic;
import io.holdfast.messaging.ReceivedSerde;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** An event on its way to a topic. */
record Outgoing(Topic topic, Envelope envelope) {

    /** Writes the event as every other is written; nothing is ever read by it. */
    static Serde<Outgoing> serde() {
        return Serdes.serdeFrom(new Writer(), (_, _) -> {
            throw new UnsupportedOperationException("outgoing events are not read");
        });
    }

    private static final class Writer implements Serializer<Outgoing> {

        private final ReceivedSerde.Writer events = new ReceivedSerde.Writer();

        @Override
        public byte[] serialize(String topic, Outgoing outgoing) {
            throw new UnsupportedOperationException("events carry headers");
        }

        @Override
        @SuppressWarnings("NullAway") // an event never is a tombstone
        public byte[] serialize(String topic, Headers headers, Outgoing outgoing) {
            return events.serialize(topic, headers, new Received.Known(outgoing.envelope()));
        }
    }
}
