package io.holdfast.monitor;

import io.holdfast.events.Received;
import io.holdfast.messaging.LaidAside;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Adds to a record that is no event where it came from and why it is set aside. */
final class SettingAside extends ContextualProcessor<String, Arrival, String, Received> {

    @Override
    public void process(Record<String, Arrival> record) {
        Arrival arrival = record.value();
        LaidAside aside = LaidAside.of(arrival.topic(), record.key(), record.headers(), arrival.received());
        context()
                .forward(record.withKey(aside.key()).withValue(aside.received()).withHeaders(aside.headers()));
    }
}
