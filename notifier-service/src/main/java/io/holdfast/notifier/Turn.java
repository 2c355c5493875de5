package io.holdfast.notifier;

import io.holdfast.events.Event;
import java.util.List;

/** What a transition brings: the incident as it is now, and what there is to say. */
record Turn(Incident incident, List<Event> events) {

    static Turn silent(Incident incident) {
        return new Turn(incident, List.of());
    }
}
