package io.holdfast.scheduler;

import io.holdfast.events.Received;
import io.holdfast.events.Topic;
import io.holdfast.messaging.MessagingConfiguration;
import io.holdfast.messaging.TopicAdministrator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.streams.kstream.KStream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/** The scheduler: one topology. */
@Configuration(proxyBeanMethods = false)
@Import(MessagingConfiguration.class)
@EnableConfigurationProperties(SchedulerSettings.class)
@PropertySource("classpath:holdfast/scheduler.properties")
public class SchedulerConfiguration {

    @Bean
    Consumer<KStream<String, Received>> scheduling(SchedulerSettings settings, RequestTopics topics) {
        return input -> SchedulingTopology.build(input, settings, topics);
    }

    @Bean
    RequestTopics schedulerRequestTopics(TopicAdministrator administrator) {
        Set<Topic> ensured = ConcurrentHashMap.newKeySet();
        return topic -> {
            if (!ensured.contains(topic)) {
                administrator.ensure(List.of(topic));
                ensured.add(topic);
            }
        };
    }
}
