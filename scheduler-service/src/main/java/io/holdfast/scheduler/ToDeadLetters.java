package io.holdfast.scheduler;

import io.holdfast.events.Received;
import io.holdfast.messaging.DeadLetters;
import io.holdfast.scheduler.Route.SetAside;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Hands on what is to be set aside, with its own headers and why. */
final class ToDeadLetters extends ContextualProcessor<String, Received, String, Received> {

    @Override
    public void process(Record<String, Received> record) {
        String topic = context().recordMetadata().map(RecordMetadata::topic).orElse("");
        if (Route.of(topic, record.value()) instanceof SetAside(String reason)) {
            var headers = new RecordHeaders(record.headers());
            headers.add(DeadLetters.TOPIC, topic.getBytes(StandardCharsets.UTF_8));
            headers.add(DeadLetters.REASON, reason.getBytes(StandardCharsets.UTF_8));
            context().forward(record.withHeaders(headers));
        }
    }
}
