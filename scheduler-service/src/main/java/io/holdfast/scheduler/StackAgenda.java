package io.holdfast.scheduler;

import io.holdfast.events.Event;
import io.holdfast.events.RecoveryPointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
        return new Deciding(now, settings).after(this, event);
    }

    /** Does what is due. */
    Decided at(Instant now, SchedulerSettings settings) {
        return new Deciding(now, settings).at(this);
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
                .filter(component -> !isHeld(component.getKey()))
                .flatMap(component -> Optional.ofNullable(component.getValue().next()).stream())
                .map(next -> Instants.later(next.start(), gatherUntil));
        return Stream.concat(runs, open.stream().map(OpenRecoveryPoint::wakeAt)).reduce(Instant.MAX, Instants::earlier);
    }

    StackAgenda manifestWritten(RecoveryPointId id) {
        List<OpenRecoveryPoint> left = open.stream()
                .filter(point -> !(point.awaitsManifest() && point.id().equals(id)))
                .toList();
        return left.size() == open.size() ? this : closing(left, Stream.of(id));
    }

    /** Lets go of recovery points nobody waits for, and of the oldest that lack but a manifest when there are too many. */
    StackAgenda tidied(Instant now) {
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

    StackAgenda changing(RecoveryPointId id, UnaryOperator<OpenRecoveryPoint> change) {
        return withOpen(open.stream()
                .map(point -> point.id().equals(id) ? change.apply(point) : point)
                .toList());
    }

    StackAgenda closing(List<OpenRecoveryPoint> left, Stream<RecoveryPointId> ids) {
        List<RecoveryPointId> all = Stream.concat(closed.stream(), ids).toList();
        List<RecoveryPointId> last = all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
        return new StackAgenda(stack, components, left, List.copyOf(last), gatherUntil);
    }

    ComponentAgenda component(String name) {
        return components.getOrDefault(name, ComponentAgenda.UNKNOWN);
    }

    List<String> plannedNames() {
        return components.entrySet().stream()
                .filter(component -> component.getValue().plan() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean knows(RecoveryPointId id) {
        return closed.contains(id) || open.stream().anyMatch(point -> point.id().equals(id));
    }

    boolean inFlight(String name) {
        return open.stream().anyMatch(point -> point.awaits(name));
    }

    /** Whether it is not due yet: a backup of it, or of one that it is captured together with, is under way. */
    boolean isHeld(String name) {
        return component(name).inGroup()
                ? open.stream().anyMatch(OpenRecoveryPoint::awaitsGroup) || inFlight(name)
                : inFlight(name);
    }

    int backupsHeld() {
        return open.stream().mapToInt(point -> point.backups().size()).sum();
    }

    StackAgenda with(String name, ComponentAgenda changed) {
        return new StackAgenda(stack, Sorted.with(components, name, changed), open, closed, gatherUntil);
    }

    StackAgenda withOpen(List<OpenRecoveryPoint> next) {
        return new StackAgenda(stack, components, next, closed, gatherUntil);
    }

    StackAgenda gatheringUntil(Instant instant) {
        return new StackAgenda(stack, components, open, closed, instant);
    }
}
