package io.holdfast.console.view;

import io.holdfast.events.ComponentId;
import io.holdfast.events.Envelope;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.PlanRecord.PlanPublished;
import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.events.PlanRecord.Retired;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The plan in force, by the keys of its records. A record of an older revision never replaces one of a newer. */
public final class PlanView {

    private final SortedMap<String, PlanRecord> records = new TreeMap<>();

    /** Takes an event in. */
    public synchronized void on(Envelope envelope) {
        if (envelope.event() instanceof PlanRecord record) {
            records.merge(record.key(), record, (old, now) -> now.revision() < old.revision() ? old : now);
        }
    }

    /** The last revision that was published as a whole. */
    public synchronized Optional<PlanPublished> published() {
        return of(PlanPublished.class).findFirst();
    }

    /** Everything that is not retired, by its key, the published text left out. */
    public synchronized SortedMap<String, PlanRecord> inForce() {
        var inForce = new TreeMap<>(records);
        inForce.values().removeIf(record -> record instanceof Retired || record instanceof PlanPublished);
        return inForce;
    }

    /** What was said of a component last, also that it is in the plan no longer; empty if nothing ever was. */
    public synchronized Optional<PlanRecord> component(ComponentId component) {
        return Optional.ofNullable(records.get(ComponentPlanned.key(component)));
    }

    public synchronized SortedSet<String> stacks() {
        var stacks = new TreeSet<String>();
        of(ComponentPlanned.class)
                .forEach(planned -> stacks.add(planned.component().stack()));
        return stacks;
    }

    /** The names of a stack's components. */
    public synchronized SortedSet<String> components(String stack) {
        var components = new TreeSet<String>();
        of(ComponentPlanned.class)
                .map(ComponentPlanned::component)
                .filter(component -> component.stack().equals(stack))
                .forEach(component -> components.add(component.component()));
        return components;
    }

    public synchronized boolean hasComponent(ComponentId component) {
        return components(component.stack()).contains(component.component());
    }

    /** Where the components are captured. */
    public synchronized SortedSet<String> sites() {
        var sites = new TreeSet<String>();
        of(ComponentPlanned.class).map(ComponentPlanned::site).forEach(sites::add);
        return sites;
    }

    public synchronized SortedSet<String> regions() {
        var regions = new TreeSet<String>();
        of(RegionPlanned.class).forEach(region -> regions.add(region.region()));
        return regions;
    }

    /** Whether the plan had a region and has it no longer. */
    synchronized boolean hasRetired(String region) {
        return records.get(RegionPlanned.key(region)) instanceof Retired;
    }

    /** The regions that a stack is copied to. */
    public synchronized SortedSet<String> regions(String stack) {
        var regions = new TreeSet<String>();
        of(ComponentPlanned.class)
                .filter(planned -> planned.component().stack().equals(stack))
                .forEach(planned -> regions.addAll(planned.regions()));
        return regions;
    }

    public synchronized Optional<String> siteOf(String stack) {
        return of(ComponentPlanned.class)
                .filter(planned -> planned.component().stack().equals(stack))
                .map(ComponentPlanned::site)
                .findFirst();
    }

    private <T extends PlanRecord> Stream<T> of(Class<T> type) {
        return records.values().stream().filter(type::isInstance).map(type::cast);
    }
}
