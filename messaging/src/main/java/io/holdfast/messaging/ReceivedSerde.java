package io.holdfast.messaging;

import io.holdfast.events.Envelope;
import io.holdfast.events.EventCodec;
import io.holdfast.events.Received;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Events on a topic. Reading never fails: what is no event comes out as {@link Received.Broken}. */
public final class ReceivedSerde implements Serde<Received> {

    @Override
    public Serializer<Received> serializer() {
        return new Writer();
    }

    @Override
    public Deserializer<Received> deserializer() {
        return new Reader();
    }

    /** Writes CloudEvents in binary mode; what is no event of the contract is written as it came. */
    public static final class Writer implements Serializer<Received> {

        @Override
        public byte[] serialize(String topic, Received received) {
            throw new UnsupportedOperationException("events carry headers");
        }

        @Override
        @SuppressWarnings("NullAway") // Kafka writes and reads tombstones through here
        public byte @Nullable [] serialize(String topic, Headers headers, @Nullable Received received) {
            return switch (received) {
                case null -> null;
                case Received.Known(Envelope envelope) -> {
                    EventCodec.headers(envelope)
                            .forEach((name, value) -> replace(headers, name, value.getBytes(StandardCharsets.UTF_8)));
                    yield EventCodec.data(envelope);
                }
                case Received.Unknown unknown -> original(headers, unknown.original());
                case Received.Broken broken -> original(headers, broken.original());
            };
        }

        /** A header that the sender has set stays: a record cannot say itself why it was set aside. */
        private static byte[] original(Headers headers, Received.Original original) {
            original.headers().forEach((name, value) -> {
                if (headers.lastHeader(name) == null) {
                    headers.add(name, value);
                }
            });
            return original.data();
        }

        private static void replace(Headers headers, String name, byte[] value) {
            headers.remove(name).add(name, value);
        }
    }

    /** Reads CloudEvents in either mode. */
    public static final class Reader implements Deserializer<Received> {

        @Override
        public Received deserialize(String topic, byte[] data) {
            return EventCodec.read(Map.of(), data);
        }

        @Override
        @SuppressWarnings("NullAway") // Kafka writes and reads tombstones through here
        public @Nullable Received deserialize(String topic, Headers headers, byte @Nullable [] data) {
            return data == null ? null : EventCodec.read(map(headers), data);
        }

        private static Map<String, byte[]> map(Headers headers) {
            var map = new HashMap<String, byte[]>();
            for (Header header : headers) {
                if (header.value() != null) {
                    map.put(header.key(), header.value());
                }
            }
            return map;
        }
    }
}
