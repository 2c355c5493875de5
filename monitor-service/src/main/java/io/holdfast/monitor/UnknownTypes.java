package io.holdfast.monitor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the events of types that this version does not know, in Kafka Streams' own metric {@code unknown-type-total} of
 * each topic ({@code events-id}), and names each type once in the log.
 */
final class UnknownTypes {

    private static final Logger log = LoggerFactory.getLogger(UnknownTypes.class);

    /** They are foreign text: whoever makes up new ones fills neither the memory nor the log. */
    private static final int MOST_NAMED = 100;

    private final Set<String> named = ConcurrentHashMap.newKeySet();

    void saw(String topic, String type, StreamsMetrics metrics) {
        metrics.addRateTotalSensor("events", topic, "unknown-type", Sensor.RecordingLevel.INFO)
                .record();
        if (named.size() < MOST_NAMED && named.add(type)) {
            log.warn(
                    "Events of the type '{}' on {} are skipped: this version does not know them. Nothing else is affected; whoever writes them is newer than this service, or foreign.",
                    DeadLetter.of(topic, type).reason(),
                    topic);
        }
    }
}
