package io.holdfast.console;

import io.holdfast.console.view.BackupsView;
import io.holdfast.console.view.IncidentsView;
import io.holdfast.console.view.PlanView;
import io.holdfast.console.view.Readiness;
import io.holdfast.console.view.RestoresView;
import io.holdfast.console.view.StatusView;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import io.holdfast.messaging.MessagingConfiguration;
import io.holdfast.messaging.TopicView;
import io.holdfast.messaging.TopicViews;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The console: its door, and the topics that its views follow. */
@Configuration(proxyBeanMethods = false)
@Import({MessagingConfiguration.class, ConsoleDoor.class})
public class ConsoleConfiguration {

    private static final List<Topic> FOLLOWED = List.of(
            Topics.PLAN,
            Topics.CATALOGUE,
            Topics.STATUS,
            Topics.requests(Topics.CENTRE),
            Topics.BACKUPS,
            Topics.REPLICAS,
            Topics.RESTORES,
            Topics.PROGRESS,
            Topics.INCIDENTS,
            Topics.NOTICES,
            Topics.HEARTBEATS);

    @Bean
    TopicView consoleTopics(
            TopicViews topics,
            PlanView plan,
            BackupsView backups,
            RestoresView restores,
            IncidentsView incidents,
            StatusView status) {
        return topics.of(FOLLOWED, envelope -> {
            plan.on(envelope);
            backups.on(envelope);
            restores.on(envelope);
            incidents.on(envelope);
            status.on(envelope);
        });
    }

    @Bean
    Readiness consoleReadiness(TopicView consoleTopics) {
        return limit -> {
            try {
                return consoleTopics.awaitCaughtUp(limit);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }
}
