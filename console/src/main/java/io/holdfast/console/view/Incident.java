package io.holdfast.console.view;

import io.holdfast.events.AlertEvent.Severity;
import io.holdfast.events.IncidentEvent;
import io.holdfast.events.IncidentEvent.IncidentAcknowledged;
import io.holdfast.events.IncidentEvent.IncidentEscalated;
import io.holdfast.events.IncidentEvent.IncidentOpened;
import io.holdfast.events.IncidentEvent.IncidentResolved;
import io.holdfast.events.IncidentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One incident.
 *
 * @param severity null only while its opening was not seen
 * @param level the highest level of the escalation that was told
 */
public record Incident(
        IncidentId id,
        String subject,
        @Nullable Severity severity,
        String message,
        Instant openedAt,
        int level,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt,
        @Nullable Instant resolvedAt) {

    static Incident heardOf(IncidentEvent event, Instant at) {
        return new Incident(event.incident(), event.subject(), null, "", at, 1, null, null, null);
    }

    public boolean isOpen() {
        return resolvedAt == null;
    }

    public boolean isAcknowledged() {
        return acknowledgedAt != null;
    }

    Incident after(IncidentEvent event) {
        return switch (event) {
            case IncidentOpened e ->
                new Incident(
                        id,
                        e.subject(),
                        e.severity(),
                        e.message(),
                        e.at(),
                        level,
                        acknowledgedBy,
                        acknowledgedAt,
                        resolvedAt);
            case IncidentEscalated e ->
                new Incident(
                        id,
                        subject,
                        severity,
                        message,
                        openedAt,
                        Math.max(level, e.level()),
                        acknowledgedBy,
                        acknowledgedAt,
                        resolvedAt);
            case IncidentAcknowledged e ->
                isAcknowledged()
                        ? this
                        : new Incident(id, subject, severity, message, openedAt, level, e.by(), e.at(), resolvedAt);
            case IncidentResolved e ->
                new Incident(id, subject, severity, message, openedAt, level, acknowledgedBy, acknowledgedAt, e.at());
        };
    }
}
