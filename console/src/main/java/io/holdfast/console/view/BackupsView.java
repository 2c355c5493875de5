package io.holdfast.console.view;

import io.holdfast.console.view.ComponentBackup.State;
import io.holdfast.events.AlertEvent;
import io.holdfast.events.AuditEvent;
import io.holdfast.events.BackupEvent;
import io.holdfast.events.BackupEvent.BackupAccepted;
import io.holdfast.events.BackupEvent.BackupFailed;
import io.holdfast.events.BackupEvent.BackupRefused;
import io.holdfast.events.BackupEvent.BackupStarted;
import io.holdfast.events.BackupEvent.ManifestWritten;
import io.holdfast.events.BackupEvent.RecoveryPointCompleted;
import io.holdfast.events.BackupEvent.RecoveryPointIncomplete;
import io.holdfast.events.BackupEvent.RecoveryPointOpened;
import io.holdfast.events.BackupEvent.RecoveryPointRefused;
import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.CatalogueRecord;
import io.holdfast.events.CatalogueRecord.CataloguedSnapshot;
import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Envelope;
import io.holdfast.events.Heartbeat;
import io.holdfast.events.IncidentEvent;
import io.holdfast.events.NoticeEvent;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.ProgressEvent;
import io.holdfast.events.RecoveredComponent;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.ReplicaEvent.ReplicationFailed;
import io.holdfast.events.ReplicaEvent.SnapshotReplicated;
import io.holdfast.events.Request;
import io.holdfast.events.Request.RecoveryPointRequested;
import io.holdfast.events.RestoreEvent;
import io.holdfast.events.SnapshotKind;
import io.holdfast.events.StatusRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The recovery points, folded from requests, backups, replicas and catalogue; from the catalogue alone if that is all
 * there is. Events may come more than once and in any order. The newest ones are kept, so memory is bounded.
 */
public final class BackupsView {

    static final int MOST = 10_000;

    private final PlanView plan;
    private final int most;
    private final Map<RecoveryPointId, RecoveryPoint> points = new HashMap<>();
    private final Map<String, String> sites = new HashMap<>();
    private final Copies copies = new Copies();

    /** @param plan tells which regions are the plan's no longer: what lies there cannot be restored from there */
    public BackupsView(PlanView plan) {
        this(plan, MOST);
    }

    BackupsView(PlanView plan, int most) {
        this.plan = plan;
        this.most = most;
    }

    /** A recovery point, and for each of its components the places that hold the snapshot and that the plan still has. */
    public record Listed(RecoveryPoint point, Map<String, List<String>> places) {

        /** Whether a place still holds a snapshot of the component. */
        public boolean holds(String component) {
            return !places.getOrDefault(component, List.of()).isEmpty();
        }
    }

    /** Takes an event in. */
    public synchronized void on(Envelope envelope) {
        switch (envelope.event()) {
            case Request request -> onRequest(request);
            case BackupEvent backup -> onBackup(backup, envelope.time());
            case SnapshotReplicated replicated ->
                copies.claimed(replicated.snapshot(), replicated.region(), envelope.time());
            case ReplicationFailed _ -> {}
            case CatalogueRecord.ComponentCatalogued catalogued -> onCatalogued(catalogued);
            case PlanRecord _, RestoreEvent _, StatusRecord _, AlertEvent _, IncidentEvent _ -> {}
            case NoticeEvent _, AuditEvent _, Heartbeat _, ProgressEvent _ -> {}
        }
    }

    private void onRequest(Request request) {
        if (request instanceof RecoveryPointRequested asked) {
            change(
                    asked.recoveryPoint(),
                    asked.stack(),
                    point -> point.asked(asked.components(), asked.kind(), asked.name(), asked.requestedBy(), null));
        }
    }

    private void onBackup(BackupEvent event, Instant at) {
        if (event instanceof SnapshotTaken taken) {
            sites.put(taken.stack(), taken.site());
            copies.claimed(taken.snapshot(), CatalogueRecord.VAULT, at);
        }
        change(event.recoveryPoint(), event.stack(), point -> after(point, event));
    }

    private static RecoveryPoint after(RecoveryPoint point, BackupEvent event) {
        return switch (event) {
            case RecoveryPointOpened e -> point.asked(e.components(), e.kind(), e.name(), null, e.due());
            case RecoveryPointRefused e -> point.refused(e.code(), e.message());
            case BackupAccepted e -> point.worked().with(started(State.QUEUED, e));
            case BackupStarted e -> point.worked().with(started(State.RUNNING, e));
            case SnapshotTaken e ->
                point.worked()
                        .with(ComponentBackup.taken(
                                e.component().component(),
                                e.backup(),
                                e.snapshot(),
                                e.takenAt(),
                                e.files(),
                                e.bytes(),
                                e.consistency(),
                                e.changed()));
            case BackupFailed e -> point.worked().with(ended(State.FAILED, e, e.code(), e.message()));
            case BackupRefused e -> point.worked().with(ended(State.REFUSED, e, e.code(), e.message()));
            case RecoveryPointCompleted e -> recovered(point, e.components()).ended(RecoveryPoint.Status.COMPLETE);
            case RecoveryPointIncomplete e ->
                recovered(point, e.components())
                        .asked(e.missing(), null, null, null, null)
                        .ended(RecoveryPoint.Status.INCOMPLETE);
            case ManifestWritten _ -> point;
        };
    }

    private static ComponentBackup started(State state, BackupEvent.OfComponent e) {
        return ComponentBackup.at(state, e.component().component(), e.attempt(), e.backup());
    }

    private static ComponentBackup ended(State state, BackupEvent.OfComponent e, String code, String message) {
        return ComponentBackup.ended(state, e.component().component(), e.attempt(), e.backup(), code, message);
    }

    private static RecoveryPoint recovered(RecoveryPoint point, List<RecoveredComponent> components) {
        RecoveryPoint after = point;
        for (RecoveredComponent c : components) {
            after = after.with(ComponentBackup.taken(
                    c.component(), c.backup(), c.snapshot(), c.takenAt(), c.files(), c.bytes(), c.consistency(), null));
        }
        return after;
    }

    private void onCatalogued(ComponentCatalogued catalogued) {
        String stack = catalogued.component().stack();
        sites.putIfAbsent(stack, catalogued.site());
        copies.catalogued(catalogued);
        for (CataloguedSnapshot snapshot : catalogued.snapshots()) {
            if (snapshot.kind() == SnapshotKind.REGULAR) {
                change(
                        snapshot.recoveryPoint(),
                        stack,
                        point -> point.named(snapshot.name())
                                .with(ComponentBackup.taken(
                                        catalogued.component().component(),
                                        snapshot.backup(),
                                        snapshot.snapshot(),
                                        snapshot.takenAt(),
                                        snapshot.files(),
                                        snapshot.bytes(),
                                        snapshot.consistency(),
                                        null)));
            } else if (snapshot.kind() == SnapshotKind.MANIFEST) {
                boolean complete = !Boolean.FALSE.equals(snapshot.complete());
                change(
                        snapshot.recoveryPoint(),
                        stack,
                        point -> point.named(snapshot.name()).settled(complete));
            }
        }
    }

    private void change(RecoveryPointId id, String stack, UnaryOperator<RecoveryPoint> change) {
        points.compute(id, (_, point) -> change.apply(point == null ? RecoveryPoint.unknown(id, stack) : point));
        if (points.size() > most + most / 10) {
            points.values().stream()
                    .sorted(RecoveryPoint.NEWEST_FIRST)
                    .skip(most)
                    .map(RecoveryPoint::id)
                    .toList()
                    .forEach(points::remove);
        }
    }

    /** The recovery points that are wanted, newest first. */
    public synchronized List<Listed> newest(Predicate<RecoveryPoint> wanted, int limit) {
        return points.values().stream()
                .filter(wanted)
                .sorted(RecoveryPoint.NEWEST_FIRST)
                .limit(limit)
                .map(this::listed)
                .toList();
    }

    /** As {@link #newest}, beginning after the given one. */
    public synchronized List<Listed> newestBefore(RecoveryPoint cursor, Predicate<RecoveryPoint> wanted, int limit) {
        return newest(wanted.and(point -> RecoveryPoint.NEWEST_FIRST.compare(point, cursor) > 0), limit);
    }

    public synchronized Optional<Listed> byId(String id) {
        return points.values().stream()
                .filter(point -> point.id().value().equals(id))
                .findFirst()
                .map(this::listed);
    }

    /** The recovery point of a backup or a snapshot of one of its components. */
    public synchronized Optional<Listed> holding(String backupOrSnapshot) {
        return newest(point -> point.components().values().stream().anyMatch(c -> c.isNamed(backupOrSnapshot)), 1)
                .stream()
                .findFirst();
    }

    /** Whether the text is the id of a recovery point, of a backup of one component, or of a snapshot. */
    public synchronized boolean isId(String text) {
        return points.values().stream()
                .anyMatch(point -> point.id().value().equals(text)
                        || point.components().values().stream().anyMatch(c -> c.isMeantBy(text)));
    }

    /** The site that last took snapshots of the stack, as its events or its catalogue say. */
    public synchronized Optional<String> siteOf(String stack) {
        return Optional.ofNullable(sites.get(stack));
    }

    /** Stacks that a site has snapshots of, or that a backup was asked of. */
    public synchronized SortedSet<String> stacks() {
        var stacks = new TreeSet<>(sites.keySet());
        points.values().forEach(point -> stacks.add(point.stack()));
        return stacks;
    }

    private Listed listed(RecoveryPoint point) {
        var places = new HashMap<String, List<String>>();
        for (RecoveryPoint.Taken taken : point.taken()) {
            places.put(
                    taken.component(),
                    copies.of(new ComponentId(point.stack(), taken.component()), taken.snapshot(), taken.at()).stream()
                            .filter(place -> !plan.hasRetired(place))
                            .toList());
        }
        return new Listed(point, places);
    }
}
