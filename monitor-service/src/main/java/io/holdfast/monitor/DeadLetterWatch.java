package io.holdfast.monitor;

import io.holdfast.events.AlertEvent;
import io.holdfast.events.Received;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.JsonSerde;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Raises an alert for each topic that records are set aside from, and clears it when they cease. */
final class DeadLetterWatch extends ContextualProcessor<String, DeadLetter, String, Received> {

    static final String STORE = "dead-letters";

    private final MonitorSettings settings;
    private KeyValueStore<String, DeadLetterHealth> store;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    private DeadLetterWatch(MonitorSettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<String, Received> context) {
        super.init(context);
        store = context.getStateStore(STORE);
        context.schedule(settings.checkEvery(), PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, DeadLetter> record) {
        DeadLetterHealth before = store.get(record.key());
        Instant at = Instant.ofEpochMilli(record.timestamp());
        store.put(
                record.key(),
                before == null ? DeadLetterHealth.first(record.value(), at) : before.after(record.value(), at));
    }

    private void tick(long timestamp) {
        Instant now = Instant.ofEpochMilli(timestamp);
        try (var all = store.all()) {
            all.forEachRemaining(entry -> look(entry, now));
        }
    }

    private void look(KeyValue<String, DeadLetterHealth> entry, Instant now) {
        entry.value.alert(now, settings.deadLettersQuiet()).ifPresent(alert -> say(alert, now));
        if (entry.value.isOver(now, settings.deadLettersQuiet())) {
            store.delete(entry.key);
        } else if (!entry.value.open()) {
            store.put(entry.key, entry.value.raised());
        }
    }

    private void say(AlertEvent alert, Instant now) {
        var envelope =
                Announcer.envelope(alert, alert.subject(), MonitorTopology.SOURCE, Clock.fixed(now, ZoneOffset.UTC));
        context().forward(new Record<>(alert.key(), new Received.Known(envelope), now.toEpochMilli()));
    }

    /** Makes watches, each with the part of the store that is its task's. */
    record Supplier(MonitorSettings settings) implements ProcessorSupplier<String, DeadLetter, String, Received> {

        @Override
        public Processor<String, DeadLetter, String, Received> get() {
            return new DeadLetterWatch(settings);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(STORE), Serdes.String(), new JsonSerde<>(DeadLetterHealth.class)));
        }
    }
}
