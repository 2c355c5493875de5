package io.holdfast.worker;

import io.holdfast.events.BackupId;
import io.holdfast.events.BackupKind;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Consistency;
import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.Received;
import io.holdfast.events.RecoveredComponent;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.Request.ManifestRequested;
import io.holdfast.events.SnapshotRef;
import io.holdfast.messaging.Announcer;
import io.holdfast.site.InUse;
import io.holdfast.site.Journal;
import io.holdfast.site.SiteVaults;
import io.holdfast.site.testing.TestSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** The worker's parts on a site of their own, with one component whose files lie in {@link #docs}. */
final class WorkerBench {

    static final String KEY = "shop/docs";
    static final RecoveryPointId POINT = new RecoveryPointId("shop-20261121T020000Z");
    static final Duration UNTIL_EXPIRY = Duration.ofHours(12);

    final TestSite site;
    final Path docs;
    final ComponentId component;
    final Journal journal;
    final RunningCaptures running = new RunningCaptures();

    WorkerBench(Path directory) throws IOException {
        site = new TestSite(directory);
        docs = Files.createDirectory(directory.resolve("docs"));
        Files.writeString(docs.resolve("a.txt"), "first");
        component = site.component("shop", "docs", List.of(docs));
        journal = site.journal();
    }

    TakeSnapshot takeSnapshot() {
        return takeSnapshot(site.vaults(), site.announcer());
    }

    TakeSnapshot takeSnapshot(SiteVaults vaults, Announcer announcer) {
        return new TakeSnapshot(
                site.plan(),
                vaults,
                site.sources(),
                site.brackets(),
                site.leases(),
                site.restoreMarks(),
                site.ownFiles(),
                journal,
                TestSite.NAME,
                announcer,
                running,
                site.clock());
    }

    WriteManifest writeManifest() {
        return new WriteManifest(
                site.plan(), site.vaults(), site.sources(), TestSite.NAME, site.announcer(), site.clock());
    }

    VaultCatalogue catalogue() {
        return new VaultCatalogue(site.plan(), site.vaults(), TestSite.NAME, site.announcer(), site.clock());
    }

    WorkOff workOff() {
        return new WorkOff(takeSnapshot(), writeManifest(), catalogue());
    }

    BackupRequested request(int attempt) {
        return request(component, POINT, attempt);
    }

    BackupRequested request(ComponentId of, RecoveryPointId point, int attempt) {
        Instant due = Instant.parse("2026-11-21T02:00:00Z");
        return new BackupRequested(
                of,
                BackupId.of(of, point),
                attempt,
                point,
                BackupKind.INCREMENTAL,
                "before, the upgrade",
                due,
                due.plus(UNTIL_EXPIRY),
                null);
    }

    /** Asks for the component and others of its stack at once. */
    BackupRequested together(int attempt, String... others) {
        return together(request(attempt), others);
    }

    /** The same, with everything read again. */
    static BackupRequested full(BackupRequested one) {
        return new BackupRequested(
                one.component(),
                one.backup(),
                one.attempt(),
                one.recoveryPoint(),
                BackupKind.FULL,
                one.name(),
                one.due(),
                one.expires(),
                one.together());
    }

    static BackupRequested together(BackupRequested one, String... others) {
        return new BackupRequested(
                one.component(),
                one.backup(),
                one.attempt(),
                one.recoveryPoint(),
                one.kind(),
                one.name(),
                one.due(),
                one.expires(),
                List.of(others));
    }

    ManifestRequested manifest(boolean complete) {
        return manifest(complete, new SnapshotRef("ab".repeat(32)));
    }

    ManifestRequested manifest(boolean complete, SnapshotRef docs) {
        return manifest(complete, docs, null);
    }

    ManifestRequested manifest(boolean complete, SnapshotRef docs, @Nullable Consistency consistency) {
        Instant due = Instant.parse("2026-11-21T02:00:00Z");
        return new ManifestRequested(
                "shop",
                POINT,
                complete,
                "before, the upgrade",
                due,
                List.of(new RecoveredComponent(
                        "docs", BackupId.of(component, POINT), docs, due.plusSeconds(5), 12, 3456, consistency)),
                complete ? List.of() : List.of("db"),
                due.plus(UNTIL_EXPIRY));
    }

    /** Takes a request into the journal, as its entry. */
    Journal.Entry accepted(BackupRequested request) throws IOException {
        var entry = new Journal.Entry(
                request.backup().value(),
                request.attempt(),
                request.recoveryPoint().value(),
                site.clock().instant(),
                request);
        journal.accept(entry);
        return entry;
    }

    /** Carries out a backup as the journal's worker would. */
    void backUp(BackupRequested request) throws IOException, InterruptedException, InUse {
        Journal.Entry entry = accepted(request);
        takeSnapshot().carryOut(request, entry);
        journal.finish(entry);
    }

    Message<Received> received(Event event) {
        return received(new Received.Known(
                new Envelope("id", "/central/scheduler", site.clock().instant(), POINT.value(), event)));
    }

    static Message<Received> received(Received received) {
        return MessageBuilder.withPayload(received)
                .setHeader(KafkaHeaders.RECEIVED_KEY, KEY)
                .build();
    }
}
