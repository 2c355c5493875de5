package io.holdfast.site;

import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.quiesce.Brackets;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the services of a site share that bring components to rest. */
@Configuration(proxyBeanMethods = false)
public class BracketConfiguration {

    private static final Logger log = LoggerFactory.getLogger(BracketConfiguration.class);

    /** Whatever a process before this one left at rest goes on first. */
    @Bean
    Brackets brackets(SiteSettings site, DockerEngine docker, Clock clock) throws IOException {
        Brackets brackets = Brackets.of(site.stateDirectory(), docker, clock);
        brackets.sweep().forEach(log::warn);
        return brackets;
    }
}
