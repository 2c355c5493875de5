package io.holdfast.console.api;

import io.holdfast.events.AuditEvent.ActionAudited;
import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.EventPublisher;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Operators' acts: the audit record goes first, so that nothing is done that is not written down. */
final class Acts {

    private final EventPublisher publisher;
    private final Announcer announcer;
    private final Clock clock;

    Acts(EventPublisher publisher, Announcer announcer, Clock clock) {
        this.publisher = publisher;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** An act that can be tried again: its events stay the same. */
    Runnable act(
            Caller caller,
            String action,
            String subject,
            @Nullable String reason,
            Topic topic,
            Event event,
            Consumer<Envelope> view) {
        Envelope audited = audited(caller, action, subject, reason);
        Envelope acted = announcer.envelope(event, subject);
        return () -> {
            publisher.publish(Topics.AUDIT, audited);
            publisher.publish(topic, acted);
            view.accept(acted);
        };
    }

    /** An act that no event tells of but the audit record. */
    void audit(Caller caller, String action, String subject, @Nullable String reason) {
        publisher.publish(Topics.AUDIT, audited(caller, action, subject, reason));
    }

    private Envelope audited(Caller caller, String action, String subject, @Nullable String reason) {
        return announcer.envelope(
                new ActionAudited(caller.name(), action, subject, reason, caller.from(), clock.instant()), subject);
    }
}
