package io.holdfast.console.view;

import io.holdfast.events.Envelope;
import io.holdfast.events.IncidentEvent;
import io.holdfast.events.IncidentId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The incidents, open ones first; of the resolved ones the newest are kept, {@value #MOST} incidents in all. */
public final class IncidentsView {

    static final int MOST = 10_000;

    private static final Comparator<Incident> OPEN_THEN_NEWEST = Comparator.comparing(Incident::isOpen)
            .thenComparing(Incident::openedAt)
            .thenComparing(incident -> incident.id().value())
            .reversed();

    private final Map<IncidentId, Incident> incidents = new HashMap<>();

    /** Takes an event in. */
    public synchronized void on(Envelope envelope) {
        if (!(envelope.event() instanceof IncidentEvent event)) {
            return;
        }
        incidents.compute(
                event.incident(),
                (_, incident) -> (incident == null ? Incident.heardOf(event, envelope.time()) : incident).after(event));
        if (incidents.size() > MOST + MOST / 10) {
            incidents.values().stream()
                    .sorted(OPEN_THEN_NEWEST)
                    .skip(MOST)
                    .map(Incident::id)
                    .toList()
                    .forEach(incidents::remove);
        }
    }

    public synchronized List<Incident> all() {
        return incidents.values().stream().sorted(OPEN_THEN_NEWEST).toList();
    }

    public synchronized Optional<Incident> byId(String id) {
        return incidents.values().stream()
                .filter(incident -> incident.id().value().equals(id))
                .findFirst();
    }
}
