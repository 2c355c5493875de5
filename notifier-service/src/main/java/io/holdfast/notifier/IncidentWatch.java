package io.holdfast.notifier;

import io.holdfast.events.AlertEvent.AlertCleared;
import io.holdfast.events.AlertEvent.AlertRaised;
import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.IncidentEvent.IncidentAcknowledged;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.PlanRecord.EscalationPlanned;
import io.holdfast.events.Received;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.JsonSerde;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps incidents by the subject of their alerts, with their timers, and the escalation path beside them. */
final class IncidentWatch extends ContextualProcessor<String, Received, String, Received> {

    static final String INCIDENTS = "incidents";
    static final String PATH = "escalation-path";

    private static final Logger log = LoggerFactory.getLogger(IncidentWatch.class);

    private final NotifierSettings settings;
    private KeyValueStore<String, Incident> incidents;
    private KeyValueStore<String, EscalationPlanned> paths;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    private IncidentWatch(NotifierSettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<String, Received> context) {
        super.init(context);
        incidents = context.getStateStore(INCIDENTS);
        paths = context.getStateStore(PATH);
        context.schedule(settings.checkEvery(), PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, Received> record) {
        if (record.value() instanceof Received.Known(var envelope)) {
            on(envelope, record.key(), Instant.ofEpochMilli(context().currentSystemTimeMs()));
        }
    }

    private void on(Envelope envelope, String subject, Instant now) {
        switch (envelope.event()) {
            case AlertRaised alert -> keep(Desk.raised(incidents.get(subject), alert, envelope, path(), now), now);
            case AlertCleared alert -> keep(Desk.cleared(incidents.get(subject), alert, now), now);
            case IncidentAcknowledged by -> keep(Desk.acknowledged(incidents.get(subject), by), now);
            case EscalationPlanned planned -> planned(planned, now);
            case PlanRecord.Retired retired -> retired(retired.revision());
            case Event _ -> {}
        }
    }

    private void planned(EscalationPlanned planned, Instant now) {
        EscalationPlanned before = paths.get(EscalationPlanned.KEY);
        if (before == null || before.revision() <= planned.revision()) {
            paths.put(EscalationPlanned.KEY, planned);
            all((incident, at) -> Desk.planned(incident, EscalationPath.of(planned), at), now);
        }
    }

    private void retired(long revision) {
        EscalationPlanned before = paths.get(EscalationPlanned.KEY);
        if (before != null && before.revision() <= revision) {
            paths.delete(EscalationPlanned.KEY);
        }
    }

    private void tick(long timestamp) {
        Instant now = Instant.ofEpochMilli(timestamp);
        all(Desk::due, now);
        try (var all = incidents.all()) {
            all.forEachRemaining(entry -> {
                if (entry.value instanceof Incident.Resolved resolved && resolved.isForgotten(now)) {
                    incidents.delete(entry.key);
                }
            });
        }
    }

    private void all(BiFunction<Incident, Instant, Optional<Turn>> change, Instant now) {
        try (var all = incidents.all()) {
            all.forEachRemaining(entry -> keep(change.apply(entry.value, now), now));
        }
    }

    private void keep(Optional<Turn> turn, Instant now) {
        turn.ifPresent(changed -> {
            Case about = changed.incident().about();
            incidents.put(about.subject(), changed.incident());
            changed.events().forEach(event -> say(event, about.correlation(), now));
            if (changed.incident() instanceof Incident.Untold) {
                log.warn(
                        "HF-N05 The incident {} is open and nobody is told: the plan names no contacts. Add contacts and levels to the plan and publish it; they are told then.",
                        about.incident());
            }
        });
    }

    private EscalationPath path() {
        return EscalationPath.of(paths.get(EscalationPlanned.KEY));
    }

    private void say(Event event, String correlation, Instant now) {
        var envelope =
                Announcer.envelope(event, correlation, NotifierTopology.SOURCE, Clock.fixed(now, ZoneOffset.UTC));
        context().forward(new Record<>(event.key(), new Received.Known(envelope), now.toEpochMilli()));
    }

    /** Makes watches, each with the part of the stores that is its task's. */
    record Supplier(NotifierSettings settings) implements ProcessorSupplier<String, Received, String, Received> {

        @Override
        public Processor<String, Received, String, Received> get() {
            return new IncidentWatch(settings);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(
                    Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(INCIDENTS), Serdes.String(), new JsonSerde<>(Incident.class)),
                    Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(PATH),
                            Serdes.String(),
                            new JsonSerde<>(EscalationPlanned.class)));
        }
    }
}
