package io.holdfast.messaging;

import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.EventJson;
import io.holdfast.events.EventTypes;
import io.holdfast.events.Identifiers;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * One service's voice. An event's id is derived from what it says, so that saying it again after a crash gives the same
 * event and not a second one.
 */
public final class Announcer {

    private final EventPublisher publisher;
    private final String source;
    private final Clock clock;

    /**
     * Creates the voice of a service.
     *
     * @param source {@code /sites/<site>/<service>} or {@code /central/<service>}
     */
    public Announcer(EventPublisher publisher, String source, Clock clock) {
        this.publisher = publisher;
        this.source = source;
        this.clock = clock;
    }

    /** Publishes a fact on its own topic and returns when the broker has it. */
    public void announce(Event event, String correlation) {
        publish(Topics.of(event), event, correlation);
    }

    /** Publishes an event on a topic of the caller's choice: requests go to the topic of a site. */
    public void publish(Topic topic, Event event, String correlation) {
        publisher.publish(topic, envelope(event, correlation));
    }

    /** The event with its context, for those who publish it otherwise. */
    public Envelope envelope(Event event, String correlation) {
        return envelope(event, correlation, source, clock);
    }

    /** The event with its context, for topologies, which have a clock of their own. */
    public static Envelope envelope(Event event, String correlation, String source, Clock clock) {
        String id = Identifiers.derived(
                source,
                EventTypes.nameOf(event.getClass()),
                new String(EventJson.write(event), StandardCharsets.UTF_8));
        return new Envelope(id, source, clock.instant(), correlation, event);
    }
}
