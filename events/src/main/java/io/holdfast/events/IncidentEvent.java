package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;

/** The life of an incident, from the first alert on a subject until the subject is well again. */
public sealed interface IncidentEvent extends Event {

    IncidentId incident();

    /** The alert's subject. */
    String subject();

    @Override
    default String key() {
        return incident().value();
    }

    @JsonTypeName("incident-opened.v1")
    record IncidentOpened(IncidentId incident, String subject, AlertEvent.Severity severity, String message, Instant at)
            implements IncidentEvent {}

    /** Nobody acknowledged in time: the next level was told as well. */
    @JsonTypeName("incident-escalated.v1")
    record IncidentEscalated(IncidentId incident, String subject, int level, Instant at) implements IncidentEvent {}

    /** Someone took it on; escalation stops. Written by the console. */
    @JsonTypeName("incident-acknowledged.v1")
    record IncidentAcknowledged(IncidentId incident, String subject, String by, Instant at) implements IncidentEvent {}

    @JsonTypeName("incident-resolved.v1")
    record IncidentResolved(IncidentId incident, String subject, String message, Instant at) implements IncidentEvent {}
}
