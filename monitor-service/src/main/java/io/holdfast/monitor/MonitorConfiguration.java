package io.holdfast.monitor;

import io.holdfast.events.Received;
import io.holdfast.messaging.MessagingConfiguration;
import java.util.function.Consumer;
import org.apache.kafka.streams.kstream.KStream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/** The monitor as part of a context: alone or beside other services. */
@Configuration(proxyBeanMethods = false)
@Import(MessagingConfiguration.class)
@EnableConfigurationProperties(MonitorSettings.class)
@PropertySource("classpath:holdfast/monitor.properties")
public class MonitorConfiguration {

    @Bean
    Consumer<KStream<String, Received>> monitoring(MonitorSettings settings) {
        return received -> MonitorTopology.watch(received, settings);
    }
}
