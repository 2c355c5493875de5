package io.holdfast.scheduler;

import io.holdfast.events.Received;
import io.holdfast.messaging.LaidAside;
import io.holdfast.scheduler.Route.SetAside;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Hands on what is to be set aside, with its own headers and why. */
final class ToDeadLetters extends ContextualProcessor<String, Received, String, Received> {

    @Override
    public void process(Record<String, Received> record) {
        String topic = context().recordMetadata().map(RecordMetadata::topic).orElse("");
        if (Route.of(topic, record.value()) instanceof SetAside) {
            LaidAside aside = LaidAside.of(topic, record.key(), record.headers(), record.value());
            context()
                    .forward(record.withKey(aside.key())
                            .withValue(aside.received())
                            .withHeaders(aside.headers()));
        }
    }
}
