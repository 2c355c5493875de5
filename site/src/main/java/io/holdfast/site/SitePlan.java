package io.holdfast.site;

import io.holdfast.events.ComponentId;
import io.holdfast.events.Envelope;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.PlanRecord.PlanPublished;
import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.events.PlanRecord.SitePlanned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The part of the published plan that concerns one site, always the newest revision. */
public final class SitePlan {

    private final String site;
    private final Map<String, PlanRecord> records = new ConcurrentSkipListMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public SitePlan(String site) {
        this.site = site;
    }

    /** Takes in one event of the plan's topic; the record of a lower revision never replaces a higher one's. */
    public void apply(Envelope envelope) {
        if (!(envelope.event() instanceof PlanRecord record)) {
            return;
        }
        PlanRecord now =
                records.merge(record.key(), record, (old, next) -> next.revision() >= old.revision() ? next : old);
        if (now.equals(record) && isPublished(record.revision())) {
            listeners.forEach(Runnable::run);
        }
    }

    /** Partitions are read side by side: a record may come after the one that was published last. */
    private boolean isPublished(long revision) {
        return published().filter(plan -> plan.revision() >= revision).isPresent();
    }

    /** Calls back whenever a revision has been published, and for each record of it that comes late; return soon. */
    public void onPublished(Runnable listener) {
        listeners.add(listener);
    }

    /** Where this site's vaults live; empty before a plan was published. */
    public Optional<SitePlanned> site() {
        return all(SitePlanned.class)
                .filter(planned -> planned.site().equals(site))
                .findFirst();
    }

    /** The components that this site is to protect. */
    public List<ComponentPlanned> components() {
        return all(ComponentPlanned.class)
                .filter(planned -> planned.site().equals(site))
                .toList();
    }

    public Optional<ComponentPlanned> component(ComponentId id) {
        return components().stream()
                .filter(planned -> planned.component().equals(id))
                .findFirst();
    }

    /** The stacks that have components at this site. */
    public List<String> stacks() {
        return components().stream()
                .map(planned -> planned.component().stack())
                .distinct()
                .toList();
    }

    public Optional<RegionPlanned> region(String name) {
        return all(RegionPlanned.class)
                .filter(region -> region.region().equals(name))
                .findFirst();
    }

    /** The regions that copies of a stack's vault go to. */
    public List<RegionPlanned> regionsOf(String stack) {
        return components().stream()
                .filter(planned -> planned.component().stack().equals(stack))
                .flatMap(planned -> planned.regions().stream())
                .distinct()
                .map(this::region)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The plan as its operator wrote it. */
    public Optional<PlanPublished> published() {
        return all(PlanPublished.class).findFirst();
    }

    private <T extends PlanRecord> Stream<T> all(Class<T> type) {
        return records.values().stream().filter(type::isInstance).map(type::cast);
    }
}
