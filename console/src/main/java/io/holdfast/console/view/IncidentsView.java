package io.holdfast.console.view;

import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.IncidentEvent;
import io.holdfast.events.IncidentId;
import io.holdfast.events.NoticeEvent.NoticeFailed;
import io.holdfast.events.NoticeEvent.NoticeSent;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The incidents, open ones first, and who could not be told of them; of the resolved ones the newest are kept,
 * {@value #MOST} incidents in all.
 */
public final class IncidentsView {

    static final int MOST = 10_000;

    private static final Comparator<Incident> OPEN_THEN_NEWEST = Comparator.comparing(Incident::isOpen)
            .thenComparing(Incident::openedAt)
            .thenComparing(incident -> incident.id().value())
            .reversed();

    /** One person, and what there was to tell. */
    private record Telling(IncidentId incident, String address) {}

    private final Map<IncidentId, Incident> incidents = new HashMap<>();
    private final SequencedMap<Telling, NoticeFailed> untold = new LinkedHashMap<>();

    /** Takes an event in. */
    public synchronized void on(Envelope envelope) {
        switch (envelope.event()) {
            case IncidentEvent event -> changed(event, envelope.time());
            case NoticeFailed failed -> notTold(failed);
            case NoticeSent sent -> untold.remove(new Telling(sent.incident(), sent.address()));
            case Event _ -> {}
        }
    }

    private void changed(IncidentEvent event, Instant at) {
        incidents.compute(
                event.incident(),
                (_, incident) -> (incident == null ? Incident.heardOf(event, at) : incident).after(event));
        if (incidents.size() > MOST + MOST / 10) {
            incidents.values().stream()
                    .sorted(OPEN_THEN_NEWEST)
                    .skip(MOST)
                    .map(Incident::id)
                    .toList()
                    .forEach(incidents::remove);
        }
    }

    private void notTold(NoticeFailed failed) {
        var telling = new Telling(failed.incident(), failed.address());
        untold.remove(telling);
        untold.put(telling, failed);
        if (untold.size() > MOST) {
            untold.pollFirstEntry();
        }
    }

    /** Whom the last mail about an incident did not reach, and why. */
    public synchronized List<NoticeFailed> notTold(IncidentId incident) {
        return untold.values().stream()
                .filter(failed -> failed.incident().equals(incident))
                .toList();
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
