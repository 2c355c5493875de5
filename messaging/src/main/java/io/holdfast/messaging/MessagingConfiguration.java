package io.holdfast.messaging;

import io.holdfast.events.Received;
import io.holdfast.events.Topic;
import java.time.Clock;
import org.apache.kafka.common.serialization.Serde;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** What every service needs to talk: import it beside the service's own configuration. */
@Configuration(proxyBeanMethods = false)
@Import(StartedOver.class)
@PropertySource("classpath:holdfast/messaging.properties")
public class MessagingConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Serde<Received> receivedSerde() {
        return new ReceivedSerde();
    }

    @Bean
    KafkaEventPublisher eventPublisher(KafkaProperties kafka) {
        return new KafkaEventPublisher(kafka.buildProducerProperties());
    }

    @Bean
    DeadLetters deadLetters(KafkaEventPublisher publisher) {
        return new DeadLetters(publisher::send);
    }

    @Bean
    TopicAdministrator topicAdministrator(KafkaProperties kafka) {
        return new TopicAdministrator(kafka.buildAdminProperties());
    }

    @Bean
    TopicViews topicViews(KafkaProperties kafka) {
        return new TopicViews(kafka.buildConsumerProperties());
    }

    @Bean
    BrokerConnection brokerConnection(TopicAdministrator topics, ObjectProvider<Topic> ofSites) {
        return new BrokerConnection(topics, ofSites.stream().toList());
    }

    /**
     * A handler fails only when its surroundings do: the record is offered again until they are well. A record without
     * a value says nothing, and is not offered at all.
     */
    @Bean
    ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> offerAgainUntilHandled() {
        var pauses = new ExponentialBackOff(1_000, 2);
        pauses.setMaxInterval(30_000);
        return (container, _, _) -> {
            container.setCommonErrorHandler(new DefaultErrorHandler(pauses));
            passOverTombstones(container);
        };
    }

    private static <K, V> void passOverTombstones(AbstractMessageListenerContainer<K, V> container) {
        container.setRecordInterceptor((record, _) -> record.value() == null ? null : record);
    }
}
