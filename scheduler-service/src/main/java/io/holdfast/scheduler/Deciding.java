package io.holdfast.scheduler;

import io.holdfast.events.AlertEvent;
import io.holdfast.events.AuditEvent;
import io.holdfast.events.BackupEvent;
import io.holdfast.events.BackupEvent.ManifestWritten;
import io.holdfast.events.BackupEvent.RecoveryPointRefused;
import io.holdfast.events.BackupKind;
import io.holdfast.events.CatalogueRecord;
import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.Event;
import io.holdfast.events.Heartbeat;
import io.holdfast.events.IncidentEvent;
import io.holdfast.events.NoticeEvent;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.ProgressEvent;
import io.holdfast.events.ProgressEvent.BackupProgressed;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.ReplicaEvent;
import io.holdfast.events.Request;
import io.holdfast.events.Request.RecoveryPointRequested;
import io.holdfast.events.RestoreEvent;
import io.holdfast.events.StatusRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one event, or the time alone, leads to at one instant. Used once. */
final class Deciding {

    private final Instant now;
    private final SchedulerSettings settings;
    private final List<Announcement> said = new ArrayList<>();

    Deciding(Instant now, SchedulerSettings settings) {
        this.now = now;
        this.settings = settings;
    }

    Decided after(StackAgenda agenda, Event event) {
        StackAgenda informed = informed(agenda, event);
        boolean idle = informed.equals(agenda) && now.isBefore(agenda.wakeAt());
        return new Decided(idle ? agenda : advanced(informed), List.copyOf(said));
    }

    Decided at(StackAgenda agenda) {
        return new Decided(advanced(agenda), List.copyOf(said));
    }

    private StackAgenda informed(StackAgenda agenda, Event event) {
        return switch (event) {
            case ComponentPlanned record -> planned(agenda, record);
            case PlanRecord.Retired record -> retired(agenda, record);
            case ComponentCatalogued record -> catalogued(agenda, record);
            case RecoveryPointRequested request -> requested(agenda, request);
            case BackupEvent.OfComponent outcome ->
                agenda.changing(outcome.recoveryPoint(), point -> point.after(outcome, now, settings));
            case BackupProgressed progress ->
                agenda.changing(
                        progress.recoveryPoint(),
                        point -> point.renewed(progress.component().component(), progress.backup(), now, settings));
            case ManifestWritten written -> agenda.manifestWritten(written.recoveryPoint());
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
                    Heartbeat _ -> agenda;
        };
    }

    private StackAgenda planned(StackAgenda agenda, ComponentPlanned record) {
        String name = record.component().component();
        ComponentAgenda known = agenda.component(name);
        if (known.plan() == null && agenda.plannedNames().size() >= StackAgenda.MOST_COMPONENTS) {
            SchedulerLog.stackTooLarge(record.component(), StackAgenda.MOST_COMPONENTS);
            return agenda;
        }
        return gathering(agenda, name, known.planned(record, now));
    }

    private static StackAgenda retired(StackAgenda agenda, PlanRecord.Retired record) {
        return PlanKeys.component(record.key())
                .filter(agenda.components()::containsKey)
                .map(name -> agenda.with(name, agenda.component(name).retired(record.revision())))
                .orElse(agenda);
    }

    private StackAgenda catalogued(StackAgenda agenda, ComponentCatalogued record) {
        String name = record.component().component();
        return record.place().equals(CatalogueRecord.VAULT)
                ? gathering(agenda, name, agenda.component(name).catalogued(record, now))
                : agenda;
    }

    /** What begins at once waits a little, so that the others of the stack can join it. */
    private StackAgenda gathering(StackAgenda agenda, String name, ComponentAgenda changed) {
        boolean begins = changed.begins(now) && !changed.equals(agenda.component(name));
        StackAgenda informed = agenda.with(name, changed);
        return begins ? informed.gatheringUntil(now.plus(settings.gather())) : informed;
    }

    private StackAgenda requested(StackAgenda agenda, RecoveryPointRequested request) {
        RecoveryPointId id = request.recoveryPoint();
        if (agenda.knows(id)) {
            return agenda;
        }
        var names = new TreeSet<>(agenda.plannedNames());
        Optional<Refusal> refusal = Refusal.of(request, names, StackAgenda.MOST_BACKUPS - agenda.backupsHeld(), now);
        if (refusal.isPresent()) {
            said.add(Announcement.fact(
                    new RecoveryPointRefused(
                            agenda.stack(),
                            id,
                            refusal.get().code(),
                            refusal.get().message()),
                    id));
            return names.isEmpty() ? agenda : agenda.closing(agenda.open(), Stream.of(id));
        }
        if (!request.components().isEmpty()) {
            names.retainAll(request.components());
        }
        var wanted = new TreeMap<String, BackupKind>();
        names.forEach(name -> wanted.put(name, request.kind()));
        return opening(agenda, id, request.name(), now.truncatedTo(ChronoUnit.SECONDS), wanted, 0);
    }

    private StackAgenda advanced(StackAgenda agenda) {
        StackAgenda running = now.isBefore(agenda.gatherUntil()) ? agenda : running(agenda);
        return running.withOpen(running.open().stream()
                        .map(point -> point.advance(now, settings, said::add))
                        .toList())
                .tidied(now);
    }

    /** Opens one recovery point for each due instant of which at least one component's run begins. */
    private StackAgenda running(StackAgenda agenda) {
        StackAgenda running = agenda;
        for (Map.Entry<Instant, NavigableMap<String, DueRun>> group :
                dueRuns(agenda).entrySet()) {
            if (group.getValue().keySet().stream()
                    .anyMatch(name -> agenda.component(name).begins(now))) {
                running = running(running, group.getKey(), group.getValue());
            }
        }
        return running;
    }

    private NavigableMap<Instant, NavigableMap<String, DueRun>> dueRuns(StackAgenda agenda) {
        var due = new TreeMap<Instant, NavigableMap<String, DueRun>>();
        agenda.components().forEach((name, component) -> {
            if (component.isDue(now) && !agenda.isHeld(name)) {
                component
                        .due(now)
                        .ifPresent(run -> due.computeIfAbsent(run.due(), _ -> new TreeMap<>())
                                .put(name, run));
            }
        });
        return due;
    }

    private StackAgenda running(StackAgenda agenda, Instant due, NavigableMap<String, DueRun> runs) {
        NavigableMap<String, BackupKind> wanted = wanted(agenda, runs);
        StackAgenda running = agenda;
        for (String name : runs.keySet()) {
            running = running.with(name, agenda.component(name).ran(due, now));
        }
        if (wanted.isEmpty()) {
            return running;
        }
        Instant free = freeInstant(running, due);
        return opening(
                running, RecoveryPointId.scheduled(agenda.stack(), free), null, free, wanted, settings.retries());
    }

    /** Those that the vault does not hold newer; of those that are captured together all, if it is any. */
    private NavigableMap<String, BackupKind> wanted(StackAgenda agenda, NavigableMap<String, DueRun> runs) {
        var wanted = new TreeMap<String, BackupKind>();
        runs.forEach((name, run) -> {
            if (!agenda.component(name).holdsNewer(run, now)) {
                wanted.put(name, run.kind());
            }
        });
        if (wanted.keySet().stream().anyMatch(name -> agenda.component(name).inGroup())) {
            runs.forEach((name, run) -> {
                if (agenda.component(name).inGroup()) {
                    wanted.put(name, run.kind());
                }
            });
        }
        return wanted;
    }

    /** A run that comes after its instant's recovery point is a recovery point of its own, named by the present. */
    private Instant freeInstant(StackAgenda agenda, Instant due) {
        Instant free = due;
        for (Instant next = now.truncatedTo(ChronoUnit.SECONDS);
                agenda.knows(RecoveryPointId.scheduled(agenda.stack(), free));
                next = next.plusSeconds(1)) {
            free = next;
        }
        return free;
    }

    private StackAgenda opening(
            StackAgenda agenda,
            RecoveryPointId id,
            @Nullable String name,
            Instant due,
            NavigableMap<String, BackupKind> wanted,
            int retries) {
        List<ComponentBackup> backups = wanted.entrySet().stream()
                .flatMap(component -> Optional.ofNullable(
                                agenda.component(component.getKey()).plan())
                        .stream()
                        .map(plan -> ComponentBackup.toAsk(plan, component.getValue(), retries, now)))
                .toList();
        var point = OpenRecoveryPoint.of(agenda.stack(), id, name, due, now.plus(settings.deadline()), backups);
        said.add(point.opened());
        return agenda.withOpen(
                Stream.concat(agenda.open().stream(), Stream.of(point)).toList());
    }
}
