package io.holdfast.uploader;

import io.holdfast.events.BackupId;
import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.events.ReplicaEvent.ReplicationFailed;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.site.Catalogue;
import io.holdfast.site.OperatorText;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteVaults;
import io.holdfast.site.SnapshotTags;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.replica.ReplicationReport;
import io.holdfast.vault.replica.ReplicationSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final Map<Regions.Copy, KnownCopy> copies = new ConcurrentHashMap<>();
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
        Optional<RegionPlanned> region = plan.regionsOf(copy.stack()).stream()
                .filter(planned -> planned.region().equals(copy.region()))
                .findFirst();
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
        KnownCopy known = copies.computeIfAbsent(copy, it -> new KnownCopy(it, site, announcer));
        List<Snapshot> wanted = List.of();
        try {
            Optional<Vault> made = vaultOf(copy.stack());
            if (made.isEmpty()) {
                return tellWithoutVault(copy, region, known);
            }
            Vault vault = made.get();
            vault.refresh();
            wanted = vault.snapshots();
            try (Backend place = vaults.placeIn(region, copy.stack())) {
                ReplicationReport report = vault.copies().replicate(place, ReplicationSpec.ALL, known);
                known.nowHolds(wanted.stream()
                        .filter(snapshot -> report.complete().contains(snapshot.id()))
                        .toList());
                announceCatalogue(copy, known, wanted, vault.copies().snapshots(place));
                if (report.isComplete()) {
                    forgetFailures(copy);
                    return true;
                }
                return failed(copy, wanted, "HF-U01", text(report));
            }
        } catch (VaultException e) {
            if (e.code() == VaultException.Code.NO_REPOSITORY) {
                return true;
            }
            if (e.code() == VaultException.Code.INTERRUPTED) {
                throw new InterruptedException(e.getMessage());
            }
            return failed(
                    copy, wanted, e.code().text(), OperatorText.of(e.code().text(), e));
        } catch (IOException e) {
            return failed(copy, wanted, "HF-U02", OperatorText.of("HF-U02", e));
        } catch (BrokerUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            log.error("Region {} failed with {} in a way that was not foreseen", copy.region(), copy.stack(), e);
            return failed(copy, wanted, "HF-U03", unforeseen(copy, e));
        }
    }

    private Optional<Vault> vaultOf(String stack) throws IOException {
        try {
            return Optional.of(vaults.of(stack));
        } catch (VaultException e) {
            if (e.code() == VaultException.Code.NO_REPOSITORY) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The vault is lost, or not made yet: there is nothing to send, and all there is may lie in the region. */
    private boolean tellWithoutVault(Regions.Copy copy, RegionPlanned region, KnownCopy known) throws IOException {
        try (Vault there = vaults.in(region, copy.stack());
                Backend place = vaults.placeIn(region, copy.stack())) {
            announceCatalogue(copy, known, List.of(), there.copies().snapshots(place));
        }
        return true;
    }

    private static String unforeseen(Regions.Copy copy, RuntimeException e) {
        return "Cannot bring region %s up to date: %s. What it holds is safe. The log of the upload service tells more."
                .formatted(copy.region(), e.getMessage());
    }

    private static String text(ReplicationReport report) {
        return "%d snapshots could not be copied because the vault itself is damaged, the first: %s. Copies that other regions hold are not affected. Check the vault with: holdfast vault check --read-data"
                .formatted(report.problems().size(), report.problems().getFirst());
    }

    private void announceCatalogue(Regions.Copy copy, KnownCopy known, List<Snapshot> wanted, List<Snapshot> there) {
        known.tell();
        List<Snapshot> whole = wanted.stream().filter(known::holds).toList();
        List<Snapshot> others = others(wanted, there);
        Stream.concat(components(copy).stream(), Stream.of(ComponentId.manifestOf(copy.stack())))
                .forEach(component -> announcer.announce(
                        Catalogue.of(
                                component,
                                copy.region(),
                                site,
                                whole,
                                others,
                                behindSince(component, known, wanted).orElse(null),
                                clock.instant()),
                        component.toString()));
    }

    /**
     * Of what is in the region, the snapshots of backups that the vault holds no more, or not yet again. Where the vault has
     * a backup under another id it was rewritten, and the old form counts no more.
     */
    private static List<Snapshot> others(List<Snapshot> inVault, List<Snapshot> there) {
        Set<BackupId> known = inVault.stream()
                .flatMap(snapshot -> SnapshotTags.of(snapshot).stream())
                .map(SnapshotTags::backup)
                .collect(Collectors.toSet());
        return there.stream()
                .filter(snapshot -> SnapshotTags.of(snapshot)
                        .filter(tags -> !known.contains(tags.backup()))
                        .isPresent())
                .toList();
    }

    /** Says so, unless it failed only because it is to stop: a call that is cut looks like a region that is away. */
    private boolean failed(Regions.Copy copy, List<Snapshot> wanted, String code, String message)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(message);
        }
        log.warn("Region {} is behind with {}: {}", copy.region(), copy.stack(), message);
        KnownCopy known = copies.computeIfAbsent(copy, it -> new KnownCopy(it, site, announcer));
        known.tell();
        for (ComponentId component : components(copy)) {
            behindSince(component, known, wanted)
                    .ifPresent(since ->
                            announceOnce(new ReplicationFailed(component, copy.region(), site, code, message, since)));
        }
        return false;
    }

    /** A failure that goes on is told once, not at every try, even if each try words it anew. */
    private void announceOnce(ReplicationFailed failure) {
        ReplicationFailed last = announced.get(failureKey(failure.component(), failure.region()));
        if (last == null
                || !last.code().equals(failure.code())
                || !last.behindSince().equals(failure.behindSince())) {
            announcer.announce(failure, failure.component().toString());
            announced.put(failureKey(failure.component(), failure.region()), failure);
        }
    }

    private void forgetFailures(Regions.Copy copy) {
        components(copy).forEach(component -> announced.remove(failureKey(component, copy.region())));
    }

    private static String failureKey(ComponentId component, String region) {
        return component + "/" + region;
    }

    private List<ComponentId> components(Regions.Copy copy) {
        return plan.components().stream()
                .filter(planned -> planned.component().stack().equals(copy.stack()))
                .filter(planned -> planned.regions().contains(copy.region()))
                .map(ComponentPlanned::component)
                .toList();
    }

    /** When the oldest snapshot of a component that the region lacks was taken. */
    private static Optional<Instant> behindSince(ComponentId component, KnownCopy known, List<Snapshot> wanted) {
        return wanted.stream()
                .filter(snapshot -> SnapshotTags.of(snapshot)
                        .filter(tags -> tags.component().equals(component))
                        .isPresent())
                .filter(Predicate.not(known::holds))
                .map(Snapshot::time)
                .min(Comparator.naturalOrder());
    }
}
