package io.holdfast.monitor;

import io.holdfast.events.ComponentId;
import io.holdfast.events.Event;
import io.holdfast.events.Received;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.JsonSerde;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Folds what happens to components and looks at all of them at every tick. */
final class ComponentWatch extends ContextualProcessor<String, Received, String, Received> {

    static final String STORE = "component-health";

    private final MonitorSettings settings;
    private final Backlog backlog;
    private KeyValueStore<String, ComponentHealth> store;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    private ComponentWatch(MonitorSettings settings) {
        this.settings = settings;
        this.backlog = new Backlog(settings.backlogPatience());
    }

    @Override
    public void init(ProcessorContext<String, Received> context) {
        super.init(context);
        store = context.getStateStore(STORE);
        context.schedule(settings.checkEvery(), PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, Received> record) {
        Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
        Instant recordedAt = Instant.ofEpochMilli(record.timestamp());
        backlog.saw(recordedAt, now);
        if (record.value() instanceof Received.Known(var envelope)) {
            ComponentHealth before = Optional.ofNullable(store.get(record.key()))
                    .orElseGet(() -> ComponentHealth.unknown(ComponentId.parse(record.key())));
            remember(
                    record.key(),
                    before,
                    Examination.afterEvent(before.after(envelope, recordedAt), now, settings),
                    now);
        }
    }

    private void tick(long timestamp) {
        Instant now = Instant.ofEpochMilli(timestamp);
        if (backlog.isWorkedOff(now)) {
            try (var all = store.all()) {
                all.forEachRemaining(
                        entry -> remember(entry.key, entry.value, Examination.atTick(entry.value, now, settings), now));
            }
        }
    }

    private void remember(String key, ComponentHealth before, Examination examination, Instant now) {
        if (examination.changes(before)) {
            store.put(key, examination.health());
        }
        examination.alerts().forEach(alert -> say(alert, alert.subject(), now));
        Optional.ofNullable(examination.status()).ifPresent(status -> say(status, key, now));
        if (examination.statusGone()) {
            takeStatusAway(key, now);
        }
    }

    private void say(Event event, String correlation, Instant now) {
        var envelope = Announcer.envelope(event, correlation, MonitorTopology.SOURCE, Clock.fixed(now, ZoneOffset.UTC));
        context().forward(new Record<>(event.key(), new Received.Known(envelope), now.toEpochMilli()));
    }

    @SuppressWarnings("NullAway") // a tombstone
    private void takeStatusAway(String key, Instant now) {
        context().forward(new Record<>(key, (Received) null, now.toEpochMilli()));
    }

    /** Makes watches, each with the part of the store that is its task's. */
    record Supplier(MonitorSettings settings) implements ProcessorSupplier<String, Received, String, Received> {

        @Override
        public Processor<String, Received, String, Received> get() {
            return new ComponentWatch(settings);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(STORE), Serdes.String(), new JsonSerde<>(ComponentHealth.class)));
        }
    }
}
