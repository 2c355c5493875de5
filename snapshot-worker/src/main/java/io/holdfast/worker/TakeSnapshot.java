package io.holdfast.worker;

import io.holdfast.events.BackupEvent;
import io.holdfast.events.BackupId;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.SnapshotKind;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.plan.Source;
import io.holdfast.site.ComponentLeases;
import io.holdfast.site.InUse;
import io.holdfast.site.Journal;
import io.holdfast.site.OwnFiles;
import io.holdfast.site.RestoreMarks;
import io.holdfast.site.RestoreMarks.Mark;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteVaults;
import io.holdfast.site.SnapshotTags;
import io.holdfast.sources.Sources;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.quiesce.Brackets;
import io.holdfast.vault.Vault;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The backups that one request asks for, of one component or of several together, from the request to the announced
 * outcomes. Repeatable: it first looks whether the vault holds all of them already, of one moment, and then only says so
 * again. Otherwise all are captured, also those that the vault holds of another moment.
 */
final class TakeSnapshot {

    private final SitePlan plan;
    private final SiteVaults vaults;
    private final Sources sources;
    private final Brackets brackets;
    private final ComponentLeases leases;
    private final RestoreMarks restoreMarks;
    private final OwnFiles ownFiles;
    private final Journal journal;
    private final String site;
    private final Announcer announcer;
    private final RunningCaptures running;
    private final Clock clock;

    TakeSnapshot(
            SitePlan plan,
            SiteVaults vaults,
            Sources sources,
            Brackets brackets,
            ComponentLeases leases,
            RestoreMarks restoreMarks,
            OwnFiles ownFiles,
            Journal journal,
            String site,
            Announcer announcer,
            RunningCaptures running,
            Clock clock) {
        this.plan = plan;
        this.vaults = vaults;
        this.sources = sources;
        this.brackets = brackets;
        this.leases = leases;
        this.restoreMarks = restoreMarks;
        this.ownFiles = ownFiles;
        this.journal = journal;
        this.site = site;
        this.announcer = announcer;
        this.running = running;
        this.clock = clock;
    }

    void carryOut(BackupRequested request, Journal.Entry entry) throws IOException, InterruptedException, InUse {
        List<OneBackup> asked = OneBackup.of(request, site);
        Map<OneBackup, ComponentPlanned> planned = planned(asked);
        try {
            Map<OneBackup, Outcome> outcomes = planned.isEmpty() ? Map.of() : outcomes(planned, entry);
            for (OneBackup backup : asked) {
                say(
                        planned.containsKey(backup)
                                ? Objects.requireNonNull(outcomes.get(backup)).of(backup)
                                : backup.unplanned(),
                        entry);
            }
        } finally {
            planned.keySet().forEach(backup -> running.ended(backup.id()));
        }
    }

    /** As they are captured, whatever the plan says by the time that their turn comes. */
    private Map<OneBackup, ComponentPlanned> planned(List<OneBackup> asked) {
        var planned = new LinkedHashMap<OneBackup, ComponentPlanned>();
        asked.forEach(backup -> plan.component(backup.component()).ifPresent(it -> planned.put(backup, it)));
        return planned;
    }

    private Map<OneBackup, Outcome> outcomes(Map<OneBackup, ComponentPlanned> planned, Journal.Entry entry)
            throws IOException, InterruptedException, InUse {
        List<OneBackup> backups = List.copyOf(planned.keySet());
        try (var _ = leases.take(backups.stream().map(OneBackup::component).toList())) {
            requireNoRestoreGoesOn(backups);
            backups.forEach(backup -> say(backup.started(), entry));
            Vault vault = vaults.ofOrNew(entry.request().stack());
            Map<OneBackup, Outcome> held = held(backups, vault);
            return held.isEmpty() ? captured(planned, entry, vault) : held;
        } catch (IOException e) {
            Outcome failed = Outcome.Failed.of(e);
            return all(backups, _ -> failed);
        } catch (BrokerUnavailable e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            return all(backups, backup -> Outcome.Failed.unforeseen(backup.component(), e));
        }
    }

    private static Map<OneBackup, Outcome> all(List<OneBackup> backups, Function<OneBackup, Outcome> outcome) {
        var outcomes = new LinkedHashMap<OneBackup, Outcome>();
        backups.forEach(backup -> outcomes.put(backup, outcome.apply(backup)));
        return outcomes;
    }

    private Map<OneBackup, Outcome> captured(Map<OneBackup, ComponentPlanned> planned, Journal.Entry entry, Vault vault)
            throws IOException, InterruptedException {
        var bracket = new SharedBracket(brackets, () -> requireNewestAttempt(entry), running, clock);
        for (OneBackup backup : planned.keySet()) {
            Optional<Mark> mark = restoreMarks.of(backup.component());
            if (mark.isPresent()) {
                bracket.leaveOut(backup, Outcome.Failed.marked(backup.component(), mark.get(), restoreMarks));
            } else {
                bracket.join(backup, () -> member(backup, Objects.requireNonNull(planned.get(backup))));
            }
        }
        return bracket.capture(vault);
    }

    private Member member(OneBackup backup, ComponentPlanned planned) throws SourceException {
        Source source = Source.fromJson(planned.source());
        ComponentSource component = sources.of(source, "/" + backup.component());
        requireNothingOfOurs(component.wayBack());
        return new Member(backup, planned.revision(), source.quiesce(), component.capture());
    }

    /** Where it comes from is where it goes back to. */
    private void requireNothingOfOurs(WayBack wayBack) throws SourceException {
        List<Path> own = wayBack.placements().stream()
                .flatMap(placement -> ownFiles.within(placement).stream())
                .distinct()
                .toList();
        if (!own.isEmpty()) {
            throw new SourceException(
                    "HF-W11",
                    "What is to be captured holds Holdfast's own files: each backup would hold those before it, and no restore would go into its place. Nothing was captured; earlier snapshots are safe. Exclude them in the plan: exclude: [%s]"
                            .formatted(own.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "))));
        }
    }

    /** One that was cut off gave its leases back; it takes them again when its turn comes. */
    private void requireNoRestoreGoesOn(List<OneBackup> backups) throws IOException, InUse {
        for (OneBackup backup : backups) {
            if (restoreMarks.of(backup.component()).filter(Mark::goesOn).isPresent()) {
                throw new InUse(backup.component().toString());
            }
        }
    }

    /** What the vault holds of them already; empty unless it is all, and of one moment. */
    private static Map<OneBackup, Outcome> held(List<OneBackup> backups, Vault vault) throws IOException {
        var newest = new HashMap<BackupId, Snapshot>();
        for (Snapshot snapshot : vault.snapshots()) {
            SnapshotTags.of(snapshot)
                    .filter(tags -> tags.kind() == SnapshotKind.REGULAR)
                    .ifPresent(tags -> newest.putIfAbsent(tags.backup(), snapshot));
        }
        var held = new LinkedHashMap<OneBackup, Outcome>();
        var moments = new HashSet<Instant>();
        for (OneBackup backup : backups) {
            Snapshot twin = newest.get(backup.id());
            if (twin == null) {
                return Map.of();
            }
            moments.add(twin.time());
            held.put(backup, new Outcome.Taken(twin, null, List.of()));
        }
        return moments.size() == 1 ? held : Map.of();
    }

    private void requireNewestAttempt(Journal.Entry entry) throws IOException {
        int newest = journal.find(entry.id()).map(Journal.Entry::attempt).orElse(0);
        if (newest != entry.attempt()) {
            throw new Superseded(
                    "attempt %d of %s was superseded by attempt %d".formatted(entry.attempt(), entry.id(), newest));
        }
    }

    private void say(BackupEvent event, Journal.Entry entry) {
        announcer.announce(event, entry.correlation());
    }
}
