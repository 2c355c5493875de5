package io.holdfast.monitor;

import static io.holdfast.monitor.Given.envelope;
import static io.holdfast.monitor.Given.failed;
import static io.holdfast.monitor.Given.planned;
import static io.holdfast.monitor.Given.taken;
import static org.awaitility.Awaitility.await;

import io.holdfast.embedded.broker.BrokerSettings;
import io.holdfast.embedded.broker.EmbeddedBroker;
import io.holdfast.events.AlertEvent;
import io.holdfast.events.Event;
import io.holdfast.events.StatusRecord.ComponentStatus;
import io.holdfast.events.StatusRecord.Health;
import io.holdfast.events.Topics;
import io.holdfast.messaging.EventPublisher;
import io.holdfast.messaging.TopicViews;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** The service as it starts alone, against a real broker. */
class MonitorServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Event> said = new CopyOnWriteArrayList<>();

    @Test
    void watchesOnAndSaysNothingTwiceOverARestart(@TempDir Path directory) throws Exception {
        try (var broker = new EmbeddedBroker(BrokerSettings.in(directory))) {
            broker.start();
            try (var monitor = start(broker)) {
                publish(monitor, planned(), taken(1, Instant.now(), 5_000), failed(2));
                sendBroken(broker);
                await().atMost(PATIENCE).untilAsserted(() -> {
                    Assertions.assertThat(subjects())
                            .containsExactlyInAnyOrder("backup-failed/shop/db", "dead-letter/holdfast.backups");
                    Assertions.assertThat(said)
                            .anyMatch(event ->
                                    event instanceof ComponentStatus status && status.health() == Health.DEGRADED);
                });
            }
            said.clear();
            try (var monitor = start(broker)) {
                publish(monitor, taken(3, Instant.now(), 5_000));
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> Assertions.assertThat(said).anyMatch(AlertEvent.AlertCleared.class::isInstance));
                Assertions.assertThat(subjects())
                        .containsExactlyInAnyOrder(
                                "backup-failed/shop/db", "dead-letter/holdfast.backups", "backup-failed/shop/db");
            }
        }
    }

    private ConfigurableApplicationContext start(EmbeddedBroker broker) {
        var context = new SpringApplicationBuilder(MonitorApplication.class)
                .properties("spring.application.name=monitor-service", "spring.cloud.function.definition=monitoring")
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "--holdfast.monitor.check-every=500ms");
        var view = context.getBean(TopicViews.class)
                .of(List.of(Topics.ALERTS, Topics.STATUS), envelope -> said.add(envelope.event()));
        view.start();
        context.addApplicationListener((ContextClosedEvent _) -> view.stop());
        return context;
    }

    private static void publish(ConfigurableApplicationContext context, Event... events) {
        for (Event event : events) {
            context.getBean(EventPublisher.class).publish(Topics.of(event), envelope(event));
        }
    }

    private static void sendBroken(EmbeddedBroker broker) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.BACKUPS.name(), "key", "{"))
                    .get();
        }
    }

    private List<String> subjects() {
        return said.stream()
                .filter(AlertEvent.class::isInstance)
                .map(event -> ((AlertEvent) event).subject())
                .toList();
    }
}
