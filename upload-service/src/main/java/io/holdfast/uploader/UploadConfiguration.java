package io.holdfast.uploader;

import io.holdfast.events.Heartbeat.ServiceAlive;
import io.holdfast.events.Received;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.EventPublisher;
import io.holdfast.messaging.Pulse;
import io.holdfast.site.SiteConfiguration;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteSettings;
import io.holdfast.site.SiteVaults;
import io.holdfast.site.StateDirectory;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/** Wires the upload service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UploadSettings.class)
@Import(SiteConfiguration.class)
@PropertySource("classpath:holdfast/upload-service.properties")
public class UploadConfiguration {

    static final String SERVICE = "upload-service";

    @Bean
    Announcer uploadAnnouncer(EventPublisher publisher, SiteSettings site, Clock clock) {
        return new Announcer(publisher, site.sourceOf(SERVICE), clock);
    }

    @Bean
    StateDirectory uploadState(SiteSettings site) throws IOException {
        return StateDirectory.of(site, SERVICE);
    }

    @Bean
    BringUpToDate bringUpToDate(
            SitePlan plan, SiteVaults vaults, SiteSettings site, Announcer uploadAnnouncer, Clock clock) {
        return new BringUpToDate(plan, vaults, site.id(), uploadAnnouncer, clock);
    }

    @Bean
    Regions regions(SitePlan plan, BringUpToDate bringUpToDate, UploadSettings settings) {
        return new Regions(plan, bringUpToDate::run, settings);
    }

    @Bean
    Consumer<Received> replicating(Regions regions) {
        return new WakeOnSnapshots(regions);
    }

    @Bean
    Pulse uploadPulse(Announcer uploadAnnouncer, SiteSettings site, Clock clock) {
        return new Pulse(
                uploadAnnouncer,
                site.heartbeatEvery(),
                () -> List.of(new ServiceAlive(
                        site.id() + "." + SERVICE, SERVICE, site.id(), null, null, null, clock.instant())));
    }
}
