package io.holdfast.site.testing;

import io.holdfast.events.Event;
import io.holdfast.events.Topic;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.messaging.EventPublisher;
import java.util.ArrayList;
import java.util.List;

/** Collects what is announced, and can play a broker that is away. */
public final class CollectingPublisher implements EventPublisher {

    private final List<Event> events = new ArrayList<>();
    private int taking = Integer.MAX_VALUE;
    private int refused;

    @Override
    public synchronized void publish(Topic topic, io.holdfast.events.Envelope envelope) {
        if (taking == 0) {
            refused++;
            throw new BrokerUnavailable("HF-M02 The broker is away.", null);
        }
        taking--;
        events.add(envelope.event());
    }

    /** Takes so many events more, and then goes away. */
    public synchronized void goAwayAfter(int more) {
        taking = more;
    }

    public synchronized void comeBack() {
        taking = Integer.MAX_VALUE;
    }

    /** How many events were offered while the broker was away. */
    public synchronized int refused() {
        return refused;
    }

    public synchronized void clear() {
        events.clear();
    }

    /** Everything that was announced, in order. */
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    public synchronized <E extends Event> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The only event of a type; anything else is an error of the test. */
    public <E extends Event> E only(Class<E> type) {
        List<E> found = all(type);
        if (found.size() != 1) {
            throw new AssertionError("expected one %s in %s".formatted(type.getSimpleName(), events()));
        }
        return found.getFirst();
    }

    /** The simple names of what was announced, in order. */
    public List<String> names() {
        return events().stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
