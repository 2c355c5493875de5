package io.holdfast.console;

import io.holdfast.console.view.Readiness;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The console's door without a broker: tests feed the views, and read what was published. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ConsoleDoor.class, ConsoleHarness.SitePath.class})
class ConsoleHarness {

    @Bean
    Clock clock() {
        return Clock.fixed(Samples.NOW, ZoneOffset.UTC);
    }

    @Bean
    CollectingPublisher publisher() {
        return new CollectingPublisher();
    }

    @Bean
    AtomicBoolean viewsReady() {
        return new AtomicBoolean(true);
    }

    @Bean
    Readiness readiness(AtomicBoolean viewsReady) {
        return _ -> viewsReady.get();
    }

    /** Stands for a restore-service in the same process. */
    @RestController
    static class SitePath {
        @GetMapping("/site/ping")
        String ping() {
            return "pong";
        }
    }
}
