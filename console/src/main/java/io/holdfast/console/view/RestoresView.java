package io.holdfast.console.view;

import io.holdfast.events.AlertEvent;
import io.holdfast.events.AuditEvent;
import io.holdfast.events.BackupEvent;
import io.holdfast.events.CatalogueRecord;
import io.holdfast.events.Envelope;
import io.holdfast.events.Heartbeat;
import io.holdfast.events.IncidentEvent;
import io.holdfast.events.NoticeEvent;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.ProgressEvent.BackupProgressed;
import io.holdfast.events.ProgressEvent.RestoreProgressed;
import io.holdfast.events.ReplicaEvent;
import io.holdfast.events.Request;
import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreEvent;
import io.holdfast.events.RestoreId;
import io.holdfast.events.StatusRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The restores, newest first; the newest {@value #MOST} are kept. */
public final class RestoresView {

    static final int MOST = 10_000;

    private static final Comparator<Restore> NEWEST_FIRST = Comparator.comparing(Restore::askedAt)
            .thenComparing(restore -> restore.id().value())
            .reversed();

    private final Map<RestoreId, Restore> restores = new HashMap<>();

    /** Takes an event in. */
    public synchronized void on(Envelope envelope) {
        switch (envelope.event()) {
            case RestoreEvent e ->
                change(e.restore(), e.stack(), envelope.time(), restore -> restore.after(e, envelope.time()));
            case RestoreProgressed e ->
                change(e.restore(), e.stack(), envelope.time(), restore -> restore.progressed(e));
            case RestoreRequested e -> change(e.restore(), e.stack(), envelope.time(), restore -> restore.requested(e));
            case BackupProgressed _, Request _, BackupEvent _, ReplicaEvent _, CatalogueRecord _ -> {}
            case PlanRecord _, StatusRecord _, AlertEvent _, IncidentEvent _ -> {}
            case NoticeEvent _, AuditEvent _, Heartbeat _ -> {}
        }
    }

    private void change(RestoreId id, String stack, Instant at, UnaryOperator<Restore> change) {
        restores.compute(id, (_, restore) -> change.apply(restore == null ? Restore.heardOf(id, stack, at) : restore));
        if (restores.size() > MOST + MOST / 10) {
            restores.values().stream()
                    .sorted(NEWEST_FIRST)
                    .skip(MOST)
                    .map(Restore::id)
                    .toList()
                    .forEach(restores::remove);
        }
    }

    public synchronized List<Restore> newest(int limit) {
        return restores.values().stream().sorted(NEWEST_FIRST).limit(limit).toList();
    }

    public synchronized Optional<Restore> byId(String id) {
        return restores.values().stream()
                .filter(restore -> restore.id().value().equals(id))
                .findFirst();
    }
}
