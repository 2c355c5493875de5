package io.holdfast.console;

import io.holdfast.console.api.ApiConfiguration;
import io.holdfast.console.problem.ProblemConfiguration;
import io.holdfast.console.security.SecurityConfiguration;
import io.holdfast.console.settings.ConsoleSettings;
import io.holdfast.console.view.BackupsView;
import io.holdfast.console.view.IncidentsView;
import io.holdfast.console.view.PlanView;
import io.holdfast.console.view.RestoresView;
import io.holdfast.console.view.StatusView;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/** All of the console but its connection to the broker: API, security, problems, and views that somebody must feed. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleSettings.class)
@PropertySource("classpath:holdfast/console.properties")
@Import({ProblemConfiguration.class, SecurityConfiguration.class, ApiConfiguration.class})
class ConsoleDoor {

    @Bean
    BackupsView backupsView(PlanView plan) {
        return new BackupsView(plan);
    }

    @Bean
    RestoresView restoresView() {
        return new RestoresView();
    }

    @Bean
    IncidentsView incidentsView() {
        return new IncidentsView();
    }

    @Bean
    StatusView statusView() {
        return new StatusView();
    }

    @Bean
    PlanView planView() {
        return new PlanView();
    }
}
