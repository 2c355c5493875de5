package io.holdfast.worker;

import io.holdfast.events.BackupEvent.BackupFailed;
import io.holdfast.events.BackupEvent.BackupRefused;
import io.holdfast.events.BackupEvent.BackupStarted;
import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.BackupKind;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.SnapshotKind;
import io.holdfast.events.SnapshotRef;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.plan.Source;
import io.holdfast.site.ComponentLeases;
import io.holdfast.site.Journal;
import io.holdfast.site.OperatorText;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteVaults;
import io.holdfast.site.SnapshotTags;
import io.holdfast.sources.Sources;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.quiesce.Bracket;
import io.holdfast.sources.quiesce.Brackets;
import io.holdfast.sources.quiesce.ToRest;
import io.holdfast.vault.BackupOption;
import io.holdfast.vault.BackupResult;
import io.holdfast.vault.BackupSpec;
import io.holdfast.vault.Problem;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One backup of one component, from the request to the announced outcome. Repeatable: it first looks whether the vault
 * holds the backup already, and then only says so again.
 */
final class TakeSnapshot {

    private static final Logger log = LoggerFactory.getLogger(TakeSnapshot.class);

    private final SitePlan plan;
    private final SiteVaults vaults;
    private final Sources sources;
    private final Brackets brackets;
    private final ComponentLeases leases;
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
        this.journal = journal;
        this.site = site;
        this.announcer = announcer;
        this.running = running;
        this.clock = clock;
    }

    void carryOut(BackupRequested request, Journal.Entry entry) throws IOException, InterruptedException {
        Optional<ComponentPlanned> planned = plan.component(request.component());
        if (planned.isEmpty()) {
            refuse(request, entry);
            return;
        }
        try (var _ = leases.take(request.component())) {
            announcer.announce(
                    new BackupStarted(
                            request.component(), request.backup(), entry.attempt(), request.recoveryPoint(), site),
                    entry.correlation());
            taken(request, entry, snapshot(request, entry, planned.get()));
        } catch (SourceException e) {
            failed(request, entry, e.code(), e);
        } catch (VaultException e) {
            leaveForLater(e);
            if (e.getCause() instanceof SourceException source) {
                failed(request, entry, source.code(), source);
            } else {
                failed(request, entry, e.code().text(), e);
            }
        } catch (IncompleteCapture e) {
            failed(request, entry, "HF-W05", e);
        } catch (IOException e) {
            failed(request, entry, "HF-W04", e);
        } catch (BrokerUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            log.error("{} failed in a way that was not foreseen", request.backup(), e);
            failed(request, entry, "HF-W07", unforeseen(request, e));
        } finally {
            running.ended(request.backup());
        }
    }

    /**
     * A snapshot of the component.
     *
     * @param rested how long the component rested for it; null: not at all, or it was captured by an earlier try
     */
    private record Captured(Snapshot snapshot, @Nullable Duration rested) {}

    private Captured snapshot(BackupRequested request, Journal.Entry entry, ComponentPlanned planned)
            throws IOException, InterruptedException {
        Vault vault = vaults.ofOrNew(request.stack());
        Optional<Snapshot> twin = vault.snapshots().stream()
                .filter(snapshot -> SnapshotTags.of(snapshot)
                        .filter(tags -> tags.kind() == SnapshotKind.REGULAR
                                && tags.backup().equals(request.backup()))
                        .isPresent())
                .findFirst();
        return twin.isPresent() ? new Captured(twin.get(), null) : capture(request, entry, planned, vault);
    }

    private Captured capture(BackupRequested request, Journal.Entry entry, ComponentPlanned planned, Vault vault)
            throws IOException, InterruptedException {
        String at = "/" + request.component();
        Source source = Source.fromJson(planned.source());
        try (Capture capture = sources.of(source, at).capture();
                Bracket bracket = brackets.open(
                        ToRest.forCapture(request.component().toString(), source.quiesce(), capture.inspect()))) {
            Content content = capture.read();
            var end = new EndOfCapture(bracket, capture, () -> requireNewestAttempt(entry));
            var spec = BackupSpec.of(content.roots())
                    .withPaths(List.of(at))
                    .withExcludes(content.excludes())
                    .withHostname(site)
                    .withTags(tags(request, entry, SnapshotKind.REGULAR), tags(request, entry, SnapshotKind.INCOMPLETE))
                    .withTime(clock.instant())
                    .with(BackupOption.FORCE, request.kind() == BackupKind.FULL)
                    .withCommitGuard(end);
            BackupResult result = vault.backup(spec, running.of(request.backup()));
            end.requireGoodEnd(result.snapshot());
            if (!result.isComplete()) {
                throw new IncompleteCapture(result);
            }
            bracket.rested()
                    .ifPresent(rested ->
                            log.info("{} rested for {} ms while it was read", request.component(), rested.toMillis()));
            return new Captured(result.snapshot(), bracket.rested().orElse(null));
        }
    }

    private static List<String> tags(BackupRequested request, Journal.Entry entry, SnapshotKind kind) {
        return new SnapshotTags(
                        request.component(),
                        request.backup(),
                        entry.attempt(),
                        request.recoveryPoint(),
                        kind,
                        request.name())
                .wire();
    }

    private void requireNewestAttempt(Journal.Entry entry) throws IOException {
        int newest = journal.find(entry.id()).map(Journal.Entry::attempt).orElse(0);
        if (newest != entry.attempt()) {
            throw new Superseded(
                    "attempt %d of %s was superseded by attempt %d".formatted(entry.attempt(), entry.id(), newest));
        }
    }

    private void taken(BackupRequested request, Journal.Entry entry, Captured captured) {
        Snapshot snapshot = captured.snapshot();
        Optional<Summary> summary = snapshot.summary();
        announcer.announce(
                new SnapshotTaken(
                        request.component(),
                        request.backup(),
                        entry.attempt(),
                        request.recoveryPoint(),
                        site,
                        new SnapshotRef(snapshot.id().toString()),
                        snapshot.time(),
                        request.kind(),
                        summary.map(Summary::totalFilesProcessed).orElse(0L),
                        summary.map(Summary::totalBytesProcessed).orElse(0L),
                        summary.map(Summary::dataAddedPacked).orElse(0L),
                        summary.map(it -> Duration.between(it.backupStart(), it.backupEnd()))
                                .orElse(Duration.ZERO),
                        captured.rested()),
                entry.correlation());
    }

    private static IOException unforeseen(BackupRequested request, RuntimeException e) {
        return new IOException(
                "HF-W07 Cannot back up %s: %s. Nothing became visible in the vault; earlier snapshots are safe. The log of the snapshot worker tells more."
                        .formatted(request.component(), e.getMessage()),
                e);
    }

    private void failed(BackupRequested request, Journal.Entry entry, String code, IOException e)
            throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("stopped while backing up " + request.component());
        }
        announcer.announce(
                new BackupFailed(
                        request.component(),
                        request.backup(),
                        entry.attempt(),
                        request.recoveryPoint(),
                        site,
                        code,
                        OperatorText.of(code, e)),
                entry.correlation());
    }

    private void refuse(BackupRequested request, Journal.Entry entry) {
        announcer.announce(
                new BackupRefused(
                        request.component(),
                        request.backup(),
                        entry.attempt(),
                        request.recoveryPoint(),
                        site,
                        "HF-W02",
                        "The plan has no component %s at site %s. Nothing was captured; earlier snapshots are safe. Add it to the plan and publish the plan again."
                                .formatted(request.component(), site)),
                entry.correlation());
    }

    /** Neither a stop of the service nor a newer attempt is a failure of the backup: the journal keeps it. */
    private static void leaveForLater(VaultException e) throws IOException, InterruptedException {
        if (e.code() == VaultException.Code.INTERRUPTED) {
            throw new InterruptedException(e.getMessage());
        }
        if (e.getCause() instanceof Superseded superseded) {
            throw superseded;
        }
    }

    /** The scheduler asked again while this attempt ran: the newer one takes over. */
    private static final class Superseded extends IOException {
        Superseded(String message) {
            super(message);
        }
    }

    /** A snapshot was stored that lacks something. It is kept, but it is no good backup. */
    private static final class IncompleteCapture extends IOException {

        private static final int SHOWN = 5;

        IncompleteCapture(BackupResult result) {
            super(
                    "HF-W05 %d files could not be captured as they are: %s. What was captured is kept as snapshot %s, which counts as no good backup; earlier snapshots are safe. Let the worker read these files, exclude them, or let whoever writes them rest during the capture."
                            .formatted(
                                    result.problems().size(),
                                    result.problems().stream()
                                            .limit(SHOWN)
                                            .map(Problem::toString)
                                            .collect(Collectors.joining("; ")),
                                    result.snapshot().id().shortForm()));
        }
    }
}
