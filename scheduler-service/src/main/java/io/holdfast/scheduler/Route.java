package io.holdfast.scheduler;

import io.holdfast.events.AlertEvent;
import io.holdfast.events.AuditEvent;
import io.holdfast.events.BackupEvent;
import io.holdfast.events.CatalogueRecord;
import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.Event;
import io.holdfast.events.Heartbeat;
import io.holdfast.events.IncidentEvent;
import io.holdfast.events.NoticeEvent;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.ProgressEvent;
import io.holdfast.events.ProgressEvent.BackupProgressed;
import io.holdfast.events.Received;
import io.holdfast.events.ReplicaEvent;
import io.holdfast.events.Request;
import io.holdfast.events.RestoreEvent;
import io.holdfast.events.StatusRecord;
import io.holdfast.events.Topics;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a record goes. The scheduler answers for its own request topic: what is no request there is set aside. On the
 * topics that it only observes it skips what does not concern it. An event on another topic than its own is none: who
 * may write where is what access lists decide.
 */
sealed interface Route {

    String REQUESTS = Topics.requests(Topics.CENTRE).name();

    /** It concerns a stack. */
    record ToStack(String stack) implements Route {}

    /** It goes to the dead letters. */
    record SetAside() implements Route {}

    record Skipped() implements Route {}

    static Route of(String topic, @Nullable Received received) {
        return switch (received) {
            case null -> new Skipped();
            case Received.Known known when topic.equals(REQUESTS) -> request(known);
            case Received.Known known ->
                observed(topic, known.envelope().event())
                        .<Route>map(ToStack::new)
                        .orElseGet(Skipped::new);
            case Received.Unknown _, Received.Broken _ -> topic.equals(REQUESTS) ? new SetAside() : new Skipped();
        };
    }

    private static Route request(Received.Known known) {
        return known.envelope().event() instanceof Request.RecoveryPointRequested request
                ? new ToStack(request.stack())
                : new SetAside();
    }

    private static Optional<String> observed(String topic, Event event) {
        if (event instanceof Request || !Topics.of(event).name().equals(topic)) {
            return Optional.empty();
        }
        return switch (event) {
            case PlanRecord.ComponentPlanned planned ->
                Optional.of(planned.component().stack());
            case PlanRecord.Retired retired -> PlanKeys.stack(retired.key());
            case ComponentCatalogued catalogued ->
                Optional.of(catalogued.component().stack());
            case BackupEvent.OfComponent outcome -> Optional.of(outcome.stack());
            case BackupEvent.ManifestWritten written -> Optional.of(written.stack());
            case BackupProgressed progress -> Optional.of(progress.component().stack());
            case PlanRecord _,
                    CatalogueRecord _,
                    Request _,
                    BackupEvent _,
                    ProgressEvent _,
                    ReplicaEvent _,
                    RestoreEvent _,
                    StatusRecord _,
                    AlertEvent _,
                    IncidentEvent _,
                    NoticeEvent _,
                    AuditEvent _,
                    Heartbeat _ -> Optional.empty();
        };
    }
}
