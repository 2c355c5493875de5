package io.holdfast.events;

/**
 * Everything that travels between the parts of Holdfast. Each family has its topic; a family's file reads as its story.
 *
 * <p>Released events gain optional ({@code @Nullable}) fields only. Secrets never travel: events carry references.
 */
public sealed interface Event
        permits PlanRecord,
                Request,
                BackupEvent,
                ReplicaEvent,
                RestoreEvent,
                CatalogueRecord,
                StatusRecord,
                AlertEvent,
                IncidentEvent,
                NoticeEvent,
                AuditEvent,
                Heartbeat,
                ProgressEvent {

    /** The Kafka key: events with one key stay in order. */
    String key();
}
