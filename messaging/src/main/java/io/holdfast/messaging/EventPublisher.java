package io.holdfast.messaging;

import io.holdfast.events.Envelope;
import io.holdfast.events.Topic;

/** Puts events on topics. */
public interface EventPublisher {

    /**
     * Returns when the broker has the event durably.
     *
     * @throws BrokerUnavailable if it does not take the event in time; the event may or may not have arrived, and
     *     publishing it again is harmless, because its id stays the same
     * @throws IllegalArgumentException if the event is larger than any may be; publishing it again never helps
     */
    void publish(Topic topic, Envelope envelope);
}
