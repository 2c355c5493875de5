package io.holdfast.monitor;

import io.holdfast.events.ComponentId;
import io.holdfast.events.Received;
import io.holdfast.events.Topics;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * A record and the topic it was read from.
 *
 * @param letter what it tells as a dead letter; null when it was not read from the dead-letter topic
 */
record Arrival(String topic, Received received, @Nullable DeadLetter letter) {

    /** The fact under the component it is about; nothing when it is about none. */
    List<KeyValue<String, Received>> ofComponent() {
        return letter == null && received instanceof Received.Known(var envelope)
                ? Concerned.component(envelope.event()).stream()
                        .map(ComponentId::toString)
                        .map(key -> KeyValue.pair(key, received))
                        .toList()
                : List.of();
    }

    /** The dead letter under the topic it came from; nothing when it is none. */
    List<KeyValue<String, DeadLetter>> ofDeadLetter() {
        return letter == null ? List.of() : List.of(KeyValue.pair(letter.topic(), letter));
    }

    /** Whether the record is no event at all. What lies on the dead-letter topic already is never set aside again. */
    boolean isToSetAside() {
        return received instanceof Received.Broken && !topic.equals(Topics.DEAD_LETTERS.name());
    }
}
