package io.holdfast.site;

import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import io.holdfast.messaging.MessagingConfiguration;
import io.holdfast.messaging.TopicView;
import io.holdfast.messaging.TopicViews;
import io.holdfast.sources.Sources;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.engine.DockerEngine;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the services of a site share: the plan's view, the vaults and the leases. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SiteSettings.class)
@Import(MessagingConfiguration.class)
public class SiteConfiguration {

    @Bean
    Topic siteRequests(SiteSettings site) {
        return Topics.requests(site.id());
    }

    @Bean
    SitePlan sitePlan(SiteSettings site) {
        return new SitePlan(site.id());
    }

    @Bean
    TopicView sitePlanView(TopicViews views, SitePlan plan) {
        return views.of(List.of(Topics.PLAN), plan::apply);
    }

    @Bean
    PlanArrival planArrival(TopicView sitePlanView) {
        return new PlanArrival(sitePlanView::awaitCaughtUp);
    }

    @Bean
    Places places() {
        return Places.real();
    }

    @Bean
    SiteVaults siteVaults(SitePlan plan, Places places, RestoreMarks marks, SiteSettings site) {
        return new SiteVaults(plan, places, marks, site);
    }

    @Bean
    DockerEngine dockerEngine() {
        return DockerEngine.fromEnvironment(System.getenv());
    }

    @Bean
    Sources sources(Clock clock, DockerEngine docker) {
        return new Sources(new Host(System::getenv, clock, docker));
    }

    @Bean
    ComponentLeases componentLeases(SiteSettings site) throws IOException {
        return new ComponentLeases(site);
    }

    @Bean
    OwnFiles ownFiles(SitePlan plan, SiteSettings site) {
        return new OwnFiles(plan, site);
    }

    @Bean
    RestoreMarks restoreMarks(SiteSettings site) throws IOException {
        return new RestoreMarks(site);
    }
}
