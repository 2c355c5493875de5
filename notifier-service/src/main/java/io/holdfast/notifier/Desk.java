package io.holdfast.notifier;

import io.holdfast.events.AlertEvent.AlertCleared;
import io.holdfast.events.AlertEvent.AlertRaised;
import io.holdfast.events.Envelope;
import io.holdfast.events.IncidentEvent.IncidentAcknowledged;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens to the incident of a subject. Whatever comes twice, late or for another incident changes nothing. */
final class Desk {

    private Desk() {}

    static Optional<Turn> raised(
            @Nullable Incident current, AlertRaised alert, Envelope envelope, EscalationPath path, Instant now) {
        boolean isNew = switch (current) {
            case null -> true;
            case Incident.Unresolved _ -> false;
            case Incident.Resolved resolved ->
                !envelope.time().equals(resolved.about().raisedAt());
        };
        return isNew ? Optional.of(Incident.opened(Case.of(alert, envelope, now), path)) : Optional.empty();
    }

    static Optional<Turn> cleared(@Nullable Incident current, AlertCleared alert, Instant now) {
        return switch (current) {
            case Incident.Unresolved unresolved -> Optional.of(unresolved.resolved(alert, now));
            case Incident.Resolved _ -> Optional.empty();
            case null -> Optional.empty();
        };
    }

    static Optional<Turn> acknowledged(@Nullable Incident current, IncidentAcknowledged by) {
        if (current == null || !current.about().incident().equals(by.incident())) {
            return Optional.empty();
        }
        return switch (current) {
            case Incident.Untold untold -> Optional.of(untold.acknowledged(by));
            case Incident.Open open -> Optional.of(open.acknowledged(by));
            case Incident.Acknowledged _, Incident.Resolved _ -> Optional.empty();
        };
    }

    static Optional<Turn> planned(Incident current, EscalationPath path, Instant now) {
        return switch (current) {
            case Incident.Untold untold -> Optional.of(untold.planned(path, now));
            case Incident.Open _, Incident.Acknowledged _, Incident.Resolved _ -> Optional.empty();
        };
    }

    static Optional<Turn> due(Incident current, Instant now) {
        return switch (current) {
            case Incident.Open open -> open.due(now);
            case Incident.Untold _, Incident.Acknowledged _, Incident.Resolved _ -> Optional.empty();
        };
    }
}
