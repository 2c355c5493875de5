package io.holdfast.monitor;

import io.holdfast.events.Received;
import io.holdfast.events.Topics;
import io.holdfast.messaging.DeadLetters;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Notes which topic a record came from. */
final class ArrivalReader extends ContextualFixedKeyProcessor<String, Received, Arrival> {

    @Override
    public void process(FixedKeyRecord<String, Received> record) {
        String topic = context().recordMetadata().map(RecordMetadata::topic).orElse("");
        DeadLetter letter = topic.equals(Topics.DEAD_LETTERS.name()) ? letter(record) : null;
        context().forward(record.withValue(new Arrival(topic, record.value(), letter)));
    }

    private static DeadLetter letter(FixedKeyRecord<String, Received> record) {
        String reason = text(record.headers(), DeadLetters.REASON);
        return DeadLetter.of(
                text(record.headers(), DeadLetters.TOPIC),
                reason == null ? DeadLetters.reason(record.value()) : reason);
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
