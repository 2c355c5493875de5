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
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything the scheduler knows of one stack. Pure: what an event or the passing of time leads to is returned, and the
 * same event told twice leads to nothing the second time.
 *
 * @param components by name
 * @param open recovery points that are collected or wait for their manifest, oldest first
 * @param closed ids of the last recovery points that are not open any more, or were refused
 * @param gatherUntil no run begins before, so that components planned or catalogued together are run together
 */
record StackAgenda(
        String stack,
        NavigableMap<String, ComponentAgenda> components,
        List<OpenRecoveryPoint> open,
        List<RecoveryPointId> closed,
        Instant gatherUntil) {

    /** More would not fit into one event that lists them with their snapshots. */
    static final int MOST_COMPONENTS = 400;

    /** More would not fit into one record of the store's changelog. */
    static final int MOST_BACKUPS = 1_000;

    private static final int REMEMBERED = 50;

    static StackAgenda empty(String stack) {
        return new StackAgenda(stack, new TreeMap<>(), List.of(), List.of(), Instant.EPOCH);
    }

    /** Takes in an event and does what is due. */
    Decided after(Event event, Instant now, SchedulerSettings settings) {
        var said = new ArrayList<Announcement>();
        StackAgenda informed = informed(event, now, settings, said::add);
        boolean idle = informed.equals(this) && now.isBefore(wakeAt());
        return new Decided(idle ? this : informed.advance(now, settings, said::add), List.copyOf(said));
    }

    /** Does what is due. */
    Decided at(Instant now, SchedulerSettings settings) {
        var said = new ArrayList<Announcement>();
        return new Decided(advance(now, settings, said::add), List.copyOf(said));
    }

    /**
     * Time went on without the scheduler, or backwards: sites get the time to be heard before they are asked again, and
     * nothing waits for an instant that a wrong clock made up.
     */
    StackAgenda resumed(Instant now, SchedulerSettings settings) {
        return new StackAgenda(
                stack,
                Sorted.mapped(components, component -> component.resumed(now)),
                open.stream().map(point -> point.resumed(now, settings)).toList(),
                closed,
                Instants.earlier(gatherUntil, now.plus(settings.gather())));
    }

    /** The first instant at which there will be something to do; {@link Instant#MAX} for never. */
    Instant wakeAt() {
        Stream<Instant> runs = components.entrySet().stream()
                .filter(component -> !inFlight(component.getKey()))
                .flatMap(component -> Optional.ofNullable(component.getValue().next()).stream())
                .map(next -> Instants.later(next.start(), gatherUntil));
        return Stream.concat(runs, open.stream().map(OpenRecoveryPoint::wakeAt)).reduce(Instant.MAX, Instants::earlier);
    }

    private StackAgenda informed(Event event, Instant now, SchedulerSettings settings, Consumer<Announcement> say) {
        return switch (event) {
            case ComponentPlanned record -> planned(record, now, settings);
            case PlanRecord.Retired record -> retired(record);
            case ComponentCatalogued record -> catalogued(record, now, settings);
            case RecoveryPointRequested request -> requested(request, now, settings, say);
            case BackupEvent.OfComponent outcome ->
                changing(outcome.recoveryPoint(), point -> point.after(outcome, now, settings));
            case BackupProgressed progress ->
                changing(
                        progress.recoveryPoint(),
                        point -> point.renewed(progress.component().component(), progress.backup(), now, settings));
            case ManifestWritten written -> manifestWritten(written.recoveryPoint());
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
                    Heartbeat _ -> this;
        };
    }

    private StackAgenda planned(ComponentPlanned record, Instant now, SchedulerSettings settings) {
        String name = record.component().component();
        ComponentAgenda known = component(name);
        if (known.plan() == null && plannedNames().size() >= MOST_COMPONENTS) {
            SchedulerLog.stackTooLarge(record.component(), MOST_COMPONENTS);
            return this;
        }
        return gathering(name, known.planned(record, now), now, settings);
    }

    private StackAgenda retired(PlanRecord.Retired record) {
        return PlanKeys.component(record.key())
                .filter(components::containsKey)
                .map(name -> with(name, component(name).retired(record.revision())))
                .orElse(this);
    }

    private StackAgenda catalogued(ComponentCatalogued record, Instant now, SchedulerSettings settings) {
        String name = record.component().component();
        return record.place().equals(CatalogueRecord.VAULT)
                ? gathering(name, component(name).catalogued(record, now), now, settings)
                : this;
    }

    /** What brings a run nearer lets the others of the stack catch up with it. */
    private StackAgenda gathering(String name, ComponentAgenda changed, Instant now, SchedulerSettings settings) {
        StackAgenda agenda = with(name, changed);
        boolean begins = changed.begins(now) && !changed.equals(component(name));
        return begins ? new StackAgenda(stack, agenda.components, open, closed, now.plus(settings.gather())) : agenda;
    }

    private StackAgenda requested(
            RecoveryPointRequested request, Instant now, SchedulerSettings settings, Consumer<Announcement> say) {
        RecoveryPointId id = request.recoveryPoint();
        if (knows(id)) {
            return this;
        }
        var names = new TreeSet<>(plannedNames());
        Optional<Refusal> refusal = Refusal.of(request, names, MOST_BACKUPS - backupsHeld(), now);
        if (refusal.isPresent()) {
            say.accept(Announcement.fact(
                    new RecoveryPointRefused(
                            stack, id, refusal.get().code(), refusal.get().message()),
                    id));
            return names.isEmpty() ? this : closing(open, Stream.of(id));
        }
        if (!request.components().isEmpty()) {
            names.retainAll(request.components());
        }
        var wanted = new TreeMap<String, BackupKind>();
        names.forEach(name -> wanted.put(name, request.kind()));
        return opening(id, request.name(), now.truncatedTo(ChronoUnit.SECONDS), wanted, now, settings, say);
    }

    private StackAgenda manifestWritten(RecoveryPointId id) {
        List<OpenRecoveryPoint> left = open.stream()
                .filter(point -> !(point.awaitsManifest() && point.id().equals(id)))
                .toList();
        return left.size() == open.size() ? this : closing(left, Stream.of(id));
    }

    private StackAgenda advance(Instant now, SchedulerSettings settings, Consumer<Announcement> say) {
        StackAgenda agenda = now.isBefore(gatherUntil) ? this : running(now, settings, say);
        return agenda.withOpen(agenda.open.stream()
                        .map(point -> point.advance(now, settings, say))
                        .toList())
                .tidied(now);
    }

    /** Opens one recovery point for each due instant of which at least one component's run begins. */
    private StackAgenda running(Instant now, SchedulerSettings settings, Consumer<Announcement> say) {
        StackAgenda agenda = this;
        for (Map.Entry<Instant, NavigableMap<String, DueRun>> group :
                dueRuns(now).entrySet()) {
            if (group.getValue().keySet().stream()
                    .anyMatch(name -> component(name).begins(now))) {
                agenda = agenda.running(group.getKey(), group.getValue(), now, settings, say);
            }
        }
        return agenda;
    }

    private NavigableMap<Instant, NavigableMap<String, DueRun>> dueRuns(Instant now) {
        var due = new TreeMap<Instant, NavigableMap<String, DueRun>>();
        components.forEach((name, component) -> {
            if (component.isDue(now) && !inFlight(name)) {
                component
                        .due(now)
                        .ifPresent(run -> due.computeIfAbsent(run.due(), _ -> new TreeMap<>())
                                .put(name, run));
            }
        });
        return due;
    }

    private StackAgenda running(
            Instant due,
            NavigableMap<String, DueRun> runs,
            Instant now,
            SchedulerSettings settings,
            Consumer<Announcement> say) {
        var wanted = new TreeMap<String, BackupKind>();
        StackAgenda agenda = this;
        for (Map.Entry<String, DueRun> run : runs.entrySet()) {
            ComponentAgenda component = component(run.getKey());
            if (!component.holdsNewer(run.getValue(), now)) {
                wanted.put(run.getKey(), run.getValue().kind());
            }
            agenda = agenda.with(run.getKey(), component.ran(due, now));
        }
        if (wanted.isEmpty()) {
            return agenda;
        }
        Instant free = freeInstant(due, now);
        return agenda.opening(RecoveryPointId.scheduled(stack, free), null, free, wanted, now, settings, say);
    }

    /** A run that comes after its instant's recovery point is a recovery point of its own, named by the present. */
    private Instant freeInstant(Instant due, Instant now) {
        Instant free = due;
        for (Instant next = now.truncatedTo(ChronoUnit.SECONDS);
                knows(RecoveryPointId.scheduled(stack, free));
                next = next.plusSeconds(1)) {
            free = next;
        }
        return free;
    }

    private StackAgenda opening(
            RecoveryPointId id,
            @Nullable String name,
            Instant due,
            NavigableMap<String, BackupKind> wanted,
            Instant now,
            SchedulerSettings settings,
            Consumer<Announcement> say) {
        List<ComponentBackup> backups = wanted.entrySet().stream()
                .flatMap(component -> Optional.ofNullable(
                                component(component.getKey()).plan())
                        .stream()
                        .map(plan -> ComponentBackup.toAsk(plan, component.getValue(), now)))
                .toList();
        var point = OpenRecoveryPoint.of(stack, id, name, due, now.plus(settings.deadline()), backups);
        say.accept(point.opened());
        return withOpen(Stream.concat(open.stream(), Stream.of(point)).toList());
    }

    /** Lets go of recovery points nobody waits for, and of the oldest that lack but a manifest when there are too many. */
    private StackAgenda tidied(Instant now) {
        var left = new ArrayList<OpenRecoveryPoint>();
        var given = new ArrayList<OpenRecoveryPoint>();
        int held = backupsHeld();
        for (OpenRecoveryPoint point : open) {
            boolean tooMany = held > MOST_BACKUPS && point.awaitsManifest();
            held -= tooMany ? point.backups().size() : 0;
            (tooMany || point.over(now) ? given : left).add(point);
        }
        given.stream()
                .filter(OpenRecoveryPoint::wantsManifest)
                .forEach(point -> SchedulerLog.manifestNotWritten(stack, point.id()));
        return given.isEmpty() ? this : closing(left, given.stream().map(OpenRecoveryPoint::id));
    }

    private StackAgenda changing(RecoveryPointId id, UnaryOperator<OpenRecoveryPoint> change) {
        return withOpen(open.stream()
                .map(point -> point.id().equals(id) ? change.apply(point) : point)
                .toList());
    }

    private StackAgenda closing(List<OpenRecoveryPoint> left, Stream<RecoveryPointId> ids) {
        List<RecoveryPointId> all = Stream.concat(closed.stream(), ids).toList();
        List<RecoveryPointId> last = all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
        return new StackAgenda(stack, components, left, List.copyOf(last), gatherUntil);
    }

    private ComponentAgenda component(String name) {
        return components.getOrDefault(name, ComponentAgenda.UNKNOWN);
    }

    private List<String> plannedNames() {
        return components.entrySet().stream()
                .filter(component -> component.getValue().plan() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean knows(RecoveryPointId id) {
        return closed.contains(id) || open.stream().anyMatch(point -> point.id().equals(id));
    }

    private boolean inFlight(String name) {
        return open.stream().anyMatch(point -> point.awaits(name));
    }

    private int backupsHeld() {
        return open.stream().mapToInt(point -> point.backups().size()).sum();
    }

    private StackAgenda with(String name, ComponentAgenda changed) {
        return new StackAgenda(stack, Sorted.with(components, name, changed), open, closed, gatherUntil);
    }

    private StackAgenda withOpen(List<OpenRecoveryPoint> next) {
        return new StackAgenda(stack, components, next, closed, gatherUntil);
    }
}
