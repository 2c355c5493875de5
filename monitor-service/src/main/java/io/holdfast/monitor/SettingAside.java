package io.holdfast.monitor;

import io.holdfast.events.Received;
import io.holdfast.messaging.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** Adds to a record that is no event where it came from and why it is set aside. */
final class SettingAside extends ContextualFixedKeyProcessor<String, Arrival, Received> {

    @Override
    public void process(FixedKeyRecord<String, Arrival> record) {
        Arrival arrival = record.value();
        var headers = new RecordHeaders(record.headers());
        replace(headers, DeadLetters.TOPIC, arrival.topic());
        replace(headers, DeadLetters.REASON, DeadLetters.reason(arrival.received()));
        context()
                .forward(record.withValue(withoutOwnHeaders(arrival.received())).withHeaders(headers));
    }

    /** The original's headers are written as they came, so they must not claim to come from elsewhere. */
    private static Received withoutOwnHeaders(Received received) {
        if (!(received instanceof Received.Broken(String reason, Received.Original(var headers, byte[] data)))) {
            return received;
        }
        var kept = new HashMap<>(headers);
        kept.keySet().removeAll(List.of(DeadLetters.TOPIC, DeadLetters.REASON));
        return new Received.Broken(reason, new Received.Original(kept, data));
    }

    private static void replace(RecordHeaders headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
