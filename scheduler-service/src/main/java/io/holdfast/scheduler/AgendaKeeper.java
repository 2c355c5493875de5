package io.holdfast.scheduler;

import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.Received;
import io.holdfast.messaging.Announcer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Brings events and the time to the agendas, and carries what they decide to the topics. */
final class AgendaKeeper extends ContextualProcessor<String, Received, String, Outgoing> {

    static final String STORE = "stack-agenda";
    static final String SOURCE = "/central/scheduler-service";

    private static final Duration PAUSE_AFTER_DEFECT = Duration.ofMinutes(1);

    private final SchedulerSettings settings;
    private final RequestTopics topics;

    @SuppressWarnings("NullAway.Init") // set by init
    private Agendas agendas;

    private @Nullable Instant lastSeen;

    AgendaKeeper(SchedulerSettings settings, RequestTopics topics) {
        this.settings = settings;
        this.topics = topics;
    }

    @Override
    public void init(ProcessorContext<String, Outgoing> context) {
        super.init(context);
        agendas = new Agendas(context.getStateStore(STORE));
        lastSeen = null;
        context.schedule(settings.tick(), PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, Received> record) {
        if (record.value() instanceof Received.Known(Envelope envelope)) {
            Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
            resumeAfterAbsence(now);
            takeIn(record.key(), envelope.event(), now);
        }
    }

    private void takeIn(String stack, Event event, Instant now) {
        Decided decided;
        try {
            decided = agendas.of(stack).after(event, now, settings);
        } catch (RuntimeException e) {
            SchedulerLog.failedOn(stack, event, e);
            return;
        }
        carryOut(decided, now);
    }

    private void tick(long timestamp) {
        Instant now = Instant.ofEpochMilli(timestamp);
        resumeAfterAbsence(now);
        agendas.due(now).forEach(agenda -> look(agenda, now));
    }

    private void look(StackAgenda agenda, Instant now) {
        Decided decided;
        try {
            decided = agenda.at(now, settings);
        } catch (RuntimeException e) {
            SchedulerLog.failedOnTime(agenda.stack(), e);
            agendas.postpone(agenda.stack(), now.plus(PAUSE_AFTER_DEFECT));
            return;
        }
        carryOut(decided, now);
    }

    private void resumeAfterAbsence(Instant now) {
        if (settings.wasAbsent(lastSeen, now)) {
            agendas.all().forEach(agenda -> agendas.keep(agenda.resumed(now, settings)));
        }
        lastSeen = now;
    }

    private void carryOut(Decided decided, Instant now) {
        if (!decided.agenda().equals(StackAgenda.empty(decided.agenda().stack()))) {
            agendas.keep(decided.agenda());
        }
        say(decided.announcements(), now);
    }

    private void say(List<Announcement> announcements, Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        for (Announcement announcement : announcements) {
            topics.ensure(announcement.topic());
            Envelope envelope = Announcer.envelope(
                    announcement.event(), announcement.about().value(), SOURCE, clock);
            context()
                    .forward(new Record<>(
                            announcement.event().key(),
                            new Outgoing(announcement.topic(), envelope),
                            now.toEpochMilli()));
        }
    }
}
