package io.holdfast.console;

import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.Topic;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.messaging.EventPublisher;
import java.util.ArrayList;
import java.util.List;

/** Collects what is published; can play a broker that is away. */
public final class CollectingPublisher implements EventPublisher {

    /** An event and where it went. */
    public record Published(String topic, Envelope envelope) {}

    private final List<Published> published = new ArrayList<>();
    private int taking = Integer.MAX_VALUE;

    @Override
    public synchronized void publish(Topic topic, Envelope envelope) {
        if (taking == 0) {
            throw new BrokerUnavailable("HF-M02 The broker is away.", null);
        }
        taking--;
        published.add(new Published(topic.name(), envelope));
    }

    /** Takes so many events more, and then goes away. */
    public synchronized void goAwayAfter(int events) {
        taking = events;
    }

    public synchronized void comeBack() {
        taking = Integer.MAX_VALUE;
    }

    public synchronized void clear() {
        published.clear();
        comeBack();
    }

    public synchronized <E extends Event> List<E> all(Class<E> type) {
        return published.stream()
                .map(p -> p.envelope().event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public synchronized List<Published> published() {
        return List.copyOf(published);
    }
}
