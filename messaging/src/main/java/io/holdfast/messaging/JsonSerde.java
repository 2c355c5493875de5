package io.holdfast.messaging;

import io.holdfast.events.EventJson;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Records in state stores and repartition topics, as JSON. */
public final class JsonSerde<T> implements Serde<T> {

    private final Class<T> type;

    public JsonSerde(Class<T> type) {
        this.type = type;
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka writes tombstones through here
    public Serializer<T> serializer() {
        return (_, value) -> value == null ? null : EventJson.write(value);
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka reads tombstones through here
    public Deserializer<T> deserializer() {
        return (_, json) -> json == null ? null : EventJson.read(json, type);
    }
}
