package io.holdfast.restore;

import io.holdfast.events.Heartbeat.ServiceAlive;
import io.holdfast.events.Received;
import io.holdfast.messaging.Announcer;
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
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.Environment;

/** Wires the restore service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RestoreSettings.class)
@Import({SiteConfiguration.class, BracketConfiguration.class})
@PropertySource("classpath:holdfast/restore-service.properties")
public class RestoreConfiguration {

    static final String SERVICE = "restore-service";

    @Bean
    Announcer restoreAnnouncer(EventPublisher publisher, SiteSettings site, Clock clock) {
        return new Announcer(publisher, site.sourceOf(SERVICE), clock);
    }

    @Bean
    StateDirectory restoreState(SiteSettings site) throws IOException {
        return StateDirectory.of(site, SERVICE);
    }

    @Bean
    Journal restoreJournal(StateDirectory restoreState, Clock clock) throws IOException {
        return Journal.open(restoreState.path().resolve("journal"), clock.instant());
    }

    @Bean
    RestorePlace restorePlace(SitePlan plan, SiteVaults vaults) {
        return new RestorePlace(plan, vaults);
    }

    @Bean
    CarryOutRestore carryOutRestore(
            SitePlan plan,
            RestorePlace place,
            Sources sources,
            Brackets brackets,
            SiteVaults vaults,
            ComponentLeases leases,
            RestoreMarks restoreMarks,
            OwnFiles ownFiles,
            Journal restoreJournal,
            SiteSettings site,
            Announcer restoreAnnouncer,
            Clock clock) {
        var safety = new SafetySnapshot(vaults, site.id(), clock);
        return new CarryOutRestore(
                plan,
                place,
                new RestoreTools(sources, new KeepOut(ownFiles), brackets, safety, restoreMarks, restoreAnnouncer),
                new RestoreTurns(leases, restoreJournal, site.id(), restoreAnnouncer),
                restoreJournal,
                site.id(),
                clock);
    }

    @Bean
    JournalWorker restores(Journal restoreJournal, CarryOutRestore carryOutRestore, RestoreMarks restoreMarks)
            throws IOException {
        restoreMarks.gaveUpAllBut(restoreJournal.entries());
        return new JournalWorker("restore", restoreJournal, carryOutRestore, 2);
    }

    @Bean
    Consumer<Received> restoring(
            Journal restoreJournal,
            JournalWorker restores,
            SiteSettings site,
            Announcer restoreAnnouncer,
            Clock clock) {
        return new RestoreRequests(restoreJournal, restores, site.id(), restoreAnnouncer, clock);
    }

    @Bean
    ArchiveController archiveController(RestorePlace place, RestoreSettings settings, SitePlan plan) {
        return new ArchiveController(place, new SiteToken(settings.tokenFile()), new Lacks(plan));
    }

    @Bean
    CutArchives cutArchives() {
        return new CutArchives();
    }

    @Bean
    Pulse restorePulse(
            Announcer restoreAnnouncer,
            SiteSettings site,
            RestoreSettings settings,
            Environment environment,
            Clock clock) {
        return new Pulse(
                restoreAnnouncer,
                site.heartbeatEvery(),
                () -> List.of(new ServiceAlive(
                        site.id() + "." + SERVICE,
                        SERVICE,
                        site.id(),
                        settings.url() != null
                                ? settings.url()
                                : "http://127.0.0.1:" + environment.getProperty("local.server.port", "0"),
                        null,
                        null,
                        clock.instant())));
    }
}
