package io.holdfast.monitor;

import io.holdfast.events.Received;
import io.holdfast.events.Topics;
import io.holdfast.messaging.DeadLetters;
import io.holdfast.messaging.LaidAside;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Notes which topic a record came from. Only one that is to be set aside keeps its headers. */
final class ArrivalReader extends ContextualFixedKeyProcessor<String, Received, Arrival> {

    private final UnknownTypes unknown;

    ArrivalReader(UnknownTypes unknown) {
        this.unknown = unknown;
    }

    @Override
    public void process(FixedKeyRecord<String, Received> record) {
        String topic = context().recordMetadata().map(RecordMetadata::topic).orElse("");
        DeadLetter letter = topic.equals(Topics.DEAD_LETTERS.name()) ? letter(record) : null;
        if (letter == null && record.value() instanceof Received.Unknown later) {
            unknown.saw(topic, later.type(), context().metrics());
        }
        Arrival arrival = new Arrival(topic, record.value(), letter);
        Headers headers = arrival.isToSetAside() ? record.headers() : new RecordHeaders();
        context().forward(record.withValue(arrival).withHeaders(headers));
    }

    private static DeadLetter letter(FixedKeyRecord<String, Received> record) {
        String reason = text(record.headers(), LaidAside.REASON);
        return DeadLetter.of(
                text(record.headers(), LaidAside.TOPIC), reason == null ? DeadLetters.reason(record.value()) : reason);
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
