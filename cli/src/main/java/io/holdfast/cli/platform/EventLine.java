package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.Json;
import io.holdfast.cli.terminal.Text;
import io.holdfast.events.Envelope;
import io.holdfast.events.EventCodec;
import io.holdfast.events.EventTypes;
import io.holdfast.events.Received;
import io.holdfast.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One record of a topic as it is shown.
 *
 * @param time the broker's
 * @param type the event's; {@code broken}, or {@code deleted} where a compacted topic forgets a key
 * @param known false for events of a type that this version does not know
 * @param problem why it is broken
 * @param data the event; null where there is no JSON
 */
record EventLine(
        Instant time,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        String type,
        boolean known,
        @Nullable String id,
        @Nullable String source,
        @Nullable String correlation,
        @Nullable String problem,
        @Nullable JsonNode data) {

    private static final String TYPE = "ce_type";
    private static final String BROKEN = "broken";
    private static final String DELETED = "deleted";

    static EventLine of(ConsumerRecord<byte[], byte[]> at) {
        byte @Nullable [] value = at.value();
        if (value == null) {
            return line(at, DELETED, true, null, null, null);
        }
        Map<String, byte[]> headers = new HashMap<>();
        for (Header header : at.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), header.value());
            }
        }
        boolean binary = headers.containsKey(TYPE);
        return switch (EventCodec.read(headers, value)) {
            case Received.Known(Envelope envelope) ->
                line(at, EventTypes.nameOf(envelope.event().getClass()), true, envelope, null, data(value, binary));
            case Received.Unknown unknown -> line(at, unknown.type(), false, null, null, data(value, binary));
            case Received.Broken broken -> line(at, BROKEN, false, null, broken.reason(), null);
        };
    }

    /** With the fields, too, that this version does not know. */
    private static @Nullable JsonNode data(byte[] value, boolean binary) {
        try {
            JsonNode tree = Json.tree(value);
            return binary ? tree : tree.path("data");
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static EventLine line(
            ConsumerRecord<byte[], byte[]> at,
            String type,
            boolean known,
            @Nullable Envelope envelope,
            @Nullable String problem,
            @Nullable JsonNode data) {
        byte @Nullable [] key = at.key();
        return new EventLine(
                Instant.ofEpochMilli(at.timestamp()),
                at.topic(),
                at.partition(),
                at.offset(),
                key == null ? null : new String(key, StandardCharsets.UTF_8),
                type,
                known,
                envelope == null ? null : envelope.id(),
                envelope == null ? null : envelope.source(),
                envelope == null ? null : envelope.correlation(),
                problem,
                data);
    }

    /** For a person; topics without their common beginning. */
    String text(ZoneId zone) {
        String what = data == null ? problem == null ? "" : problem : data.toString();
        return Text.printable("%s  %s  %s%s  %s  %s"
                .formatted(
                        Text.time(time, zone),
                        topic.substring(Topics.PREFIX.length()),
                        type,
                        known || type.equals(BROKEN) ? "" : " (unknown type)",
                        Text.orNone(key),
                        what));
    }
}
