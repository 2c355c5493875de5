package io.holdfast.worker;

import io.holdfast.events.Received;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.DeadLetters;
import io.holdfast.messaging.EventPublisher;
import io.holdfast.messaging.Pulse;
import io.holdfast.site.BracketConfiguration;
import io.holdfast.site.ComponentLeases;
import io.holdfast.site.Journal;
import io.holdfast.site.JournalWorker;
import io.holdfast.site.OwnFiles;
import io.holdfast.site.RestoreMarks;
import io.holdfast.site.SiteConfiguration;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteSettings;
import io.holdfast.site.SiteVaults;
import io.holdfast.site.StateDirectory;
import io.holdfast.sources.Sources;
import io.holdfast.sources.quiesce.Brackets;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.messaging.Message;

/** Wires the snapshot worker. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkerSettings.class)
@Import({SiteConfiguration.class, BracketConfiguration.class})
@PropertySource("classpath:holdfast/snapshot-worker.properties")
public class SnapshotWorkerConfiguration {

    static final String SERVICE = "snapshot-worker";

    @Bean
    Announcer workerAnnouncer(EventPublisher publisher, SiteSettings site, Clock clock) {
        return new Announcer(publisher, site.sourceOf(SERVICE), clock);
    }

    @Bean
    StateDirectory workerState(SiteSettings site) throws IOException {
        return StateDirectory.of(site, SERVICE);
    }

    @Bean
    Journal workerJournal(StateDirectory workerState, Clock clock) throws IOException {
        return Journal.open(workerState.path().resolve("journal"), clock.instant());
    }

    @Bean
    VaultCatalogue vaultCatalogue(
            SitePlan plan, SiteVaults vaults, SiteSettings site, Announcer workerAnnouncer, Clock clock) {
        return new VaultCatalogue(plan, vaults, site.id(), workerAnnouncer, clock);
    }

    @Bean
    CatalogueKeeper catalogueKeeper(SitePlan plan, VaultCatalogue catalogue) {
        return new CatalogueKeeper(plan, catalogue);
    }

    @Bean
    RunningCaptures runningCaptures() {
        return new RunningCaptures();
    }

    @Bean
    TakeSnapshot takeSnapshot(
            SitePlan plan,
            SiteVaults vaults,
            Sources sources,
            Brackets brackets,
            ComponentLeases leases,
            RestoreMarks restoreMarks,
            OwnFiles ownFiles,
            Journal workerJournal,
            SiteSettings site,
            Announcer workerAnnouncer,
            RunningCaptures running,
            Clock clock) {
        return new TakeSnapshot(
                plan,
                vaults,
                sources,
                brackets,
                leases,
                restoreMarks,
                ownFiles,
                workerJournal,
                site.id(),
                workerAnnouncer,
                running,
                clock);
    }

    @Bean
    WriteManifest writeManifest(
            SitePlan plan,
            SiteVaults vaults,
            Sources sources,
            SiteSettings site,
            Announcer workerAnnouncer,
            Clock clock) {
        return new WriteManifest(plan, vaults, sources, site.id(), workerAnnouncer, clock);
    }

    @Bean
    JournalWorker captures(
            Journal workerJournal,
            TakeSnapshot takeSnapshot,
            WriteManifest writeManifest,
            VaultCatalogue catalogue,
            WorkerSettings settings) {
        return new JournalWorker(
                "capture",
                workerJournal,
                new WorkOff(takeSnapshot, writeManifest, catalogue),
                settings.parallelCaptures());
    }

    @Bean
    Consumer<Message<Received>> capturing(
            Journal workerJournal,
            JournalWorker captures,
            SiteSettings site,
            Announcer workerAnnouncer,
            DeadLetters deadLetters,
            Clock clock) {
        return new BackupRequests(workerJournal, captures, site.id(), workerAnnouncer, deadLetters, clock);
    }

    @Bean
    Pulse workerPulse(
            Announcer workerAnnouncer,
            SiteSettings site,
            Journal workerJournal,
            JournalWorker captures,
            RunningCaptures running,
            SitePlan plan,
            Clock clock) {
        return new Pulse(
                workerAnnouncer,
                site.heartbeatEvery(),
                new WorkerBeat(site, workerJournal, captures, running, plan, clock));
    }
}
