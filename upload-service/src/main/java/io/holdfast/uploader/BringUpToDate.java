package io.holdfast.uploader;

import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.events.ReplicaEvent.ReplicationFailed;
import io.holdfast.events.ReplicaEvent.SnapshotReplicated;
import io.holdfast.events.SnapshotRef;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.site.Catalogue;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteVaults;
import io.holdfast.site.SnapshotTags;
import io.holdfast.vault.ReplicationListener;
import io.holdfast.vault.ReplicationReport;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares one region's copy of one vault with the vault, sends what is missing, and says how it went. */
final class BringUpToDate {

    private static final Logger log = LoggerFactory.getLogger(BringUpToDate.class);

    private final SitePlan plan;
    private final SiteVaults vaults;
    private final String site;
    private final Announcer announcer;
    private final Clock clock;
    private final Map<Regions.Copy, List<Snapshot>> lastSeen = new ConcurrentHashMap<>();
    private final Map<String, ReplicationFailed> announced = new ConcurrentHashMap<>();

    BringUpToDate(SitePlan plan, SiteVaults vaults, String site, Announcer announcer, Clock clock) {
        this.plan = plan;
        this.vaults = vaults;
        this.site = site;
        this.announcer = announcer;
        this.clock = clock;
    }

    /**
     * Runs once.
     *
     * @return whether the copy is complete now; if not, it is to be tried again soon
     */
    boolean run(Regions.Copy copy) throws InterruptedException {
        Optional<RegionPlanned> region = plan.region(copy.region());
        if (region.isEmpty()) {
            return true;
        }
        try {
            return compare(copy, region.get());
        } catch (BrokerUnavailable e) {
            log.warn("What region {} holds of {} is announced later: {}", copy.region(), copy.stack(), e.getMessage());
            return false;
        }
    }

    private boolean compare(Regions.Copy copy, RegionPlanned region) throws InterruptedException {
        List<Snapshot> wanted = List.of();
        try {
            Vault vault = vaults.of(copy.stack());
            vault.refresh();
            wanted = vault.snapshots();
            try (Backend place = vaults.placeIn(region, copy.stack())) {
                ReplicationReport report = vault.replicate(place, new ReplicationListener() {
                    @Override
                    public void snapshotReplicated(Snapshot snapshot, long bytes, boolean wasMissing) {
                        replicated(copy, snapshot, bytes);
                    }
                });
                List<Snapshot> held = wanted.stream()
                        .filter(snapshot -> report.complete().contains(snapshot.id()))
                        .toList();
                lastSeen.put(copy, held);
                announceCatalogue(copy, held, wanted);
                return report.isComplete() || failed(copy, wanted, "HF-U01", text(report));
            }
        } catch (VaultException e) {
            if (e.code() == VaultException.Code.NO_REPOSITORY) {
                return true;
            }
            if (e.code() == VaultException.Code.INTERRUPTED) {
                throw new InterruptedException(e.getMessage());
            }
            return failed(copy, wanted, e.code().text(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed(copy, wanted, "HF-U02", String.valueOf(e.getMessage()));
        }
    }

    private static String text(ReplicationReport report) {
        return "%d snapshots could not be copied because the vault itself is damaged, the first: %s. Copies that other regions hold are not affected. Check the vault with: holdfast vault check --read-data"
                .formatted(report.problems().size(), report.problems().getFirst());
    }

    private void replicated(Regions.Copy copy, Snapshot snapshot, long sent) {
        SnapshotTags.of(snapshot)
                .ifPresent(tags -> announcer.announce(
                        new SnapshotReplicated(
                                tags.component(),
                                copy.region(),
                                site,
                                new SnapshotRef(snapshot.id().toString()),
                                snapshot.time(),
                                sent),
                        tags.recoveryPoint().value()));
    }

    private void announceCatalogue(Regions.Copy copy, List<Snapshot> held, List<Snapshot> wanted) {
        for (ComponentId component : components(copy)) {
            announced.remove(component + "/" + copy.region());
            announcer.announce(
                    Catalogue.of(
                            component,
                            copy.region(),
                            site,
                            held,
                            behindSince(component, held, wanted).orElse(null),
                            clock.instant()),
                    component.toString());
        }
    }

    private boolean failed(Regions.Copy copy, List<Snapshot> wanted, String code, String message) {
        log.warn("Region {} is behind with {}: {}", copy.region(), copy.stack(), message);
        List<Snapshot> held = lastSeen.getOrDefault(copy, List.of());
        for (ComponentId component : components(copy)) {
            behindSince(component, held, wanted)
                    .ifPresent(since ->
                            announceOnce(new ReplicationFailed(component, copy.region(), site, code, message, since)));
        }
        return false;
    }

    /** A failure that goes on is told once, not at every try. */
    private void announceOnce(ReplicationFailed failure) {
        ReplicationFailed last = announced.put(failure.key() + "/" + failure.region(), failure);
        if (!failure.equals(last)) {
            announcer.announce(failure, failure.component().toString());
        }
    }

    private List<ComponentId> components(Regions.Copy copy) {
        return plan.components().stream()
                .filter(planned -> planned.component().stack().equals(copy.stack()))
                .filter(planned -> planned.regions().contains(copy.region()))
                .map(ComponentPlanned::component)
                .toList();
    }

    /** When the oldest snapshot of a component that the region lacks was taken. */
    private static Optional<Instant> behindSince(ComponentId component, List<Snapshot> held, List<Snapshot> wanted) {
        return wanted.stream()
                .filter(snapshot -> SnapshotTags.of(snapshot)
                        .filter(tags -> tags.component().equals(component))
                        .isPresent())
                .filter(Predicate.not(held::contains))
                .map(Snapshot::time)
                .min(Comparator.naturalOrder());
    }
}
