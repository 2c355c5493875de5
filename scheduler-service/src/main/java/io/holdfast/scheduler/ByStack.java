package io.holdfast.scheduler;

import io.holdfast.events.Received;
import io.holdfast.scheduler.Route.ToStack;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Hands on what concerns a stack, keyed by it, without its headers: an event says all that is needed of them. */
final class ByStack extends ContextualProcessor<String, Received, String, Received> {

    @Override
    public void process(Record<String, Received> record) {
        String topic = context().recordMetadata().map(RecordMetadata::topic).orElse("");
        if (Route.of(topic, record.value()) instanceof ToStack(String stack)) {
            context().forward(record.withKey(stack).withHeaders(new RecordHeaders()));
        }
    }
}
