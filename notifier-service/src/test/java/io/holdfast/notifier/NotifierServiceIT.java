package io.holdfast.notifier;

import static io.holdfast.notifier.Given.cleared;
import static io.holdfast.notifier.Given.raised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.holdfast.embedded.broker.BrokerSettings;
import io.holdfast.embedded.broker.EmbeddedBroker;
import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.Identifiers;
import io.holdfast.events.PlanRecord.EscalationPlanned;
import io.holdfast.events.PlanRecord.Level;
import io.holdfast.events.Topics;
import io.holdfast.messaging.EventPublisher;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as it starts alone, against a real broker and a mail server that comes late. */
class NotifierServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void mailsAnIncidentOnceTheServerIsThereAndItsResolutionAfterARestart(@TempDir Path directory) throws Exception {
        var catcher = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp").dynamicPort());
        catcher.start();
        int port = catcher.getSmtp().getPort();
        catcher.stop();
        var late = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
        try (var broker = new EmbeddedBroker(BrokerSettings.in(directory.resolve("broker")))) {
            broker.start();
            try (var notifier = start(broker, directory)) {
                publish(notifier, plan(port));
                publish(notifier, raised());
                await().atMost(PATIENCE)
                        .until(() -> !notifier.getBean(Outbox.class).waiting().isEmpty());
                late.start();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(titles(late))
                                .containsExactly("[INCIDENT] CRITICAL: shop/db has had no good backup for 26 h."));
            }
            try (var notifier = start(broker, directory)) {
                publish(notifier, cleared(Instant.now()));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(titles(late)).hasSize(2));
                assertThat(titles(late).getLast()).startsWith("[RESOLVED] CRITICAL: shop/db");
            }
        } finally {
            late.stop();
        }
    }

    private static ConfigurableApplicationContext start(EmbeddedBroker broker, Path directory) {
        return new SpringApplicationBuilder(NotifierApplication.class)
                .properties(
                        "spring.application.name=notifier-service",
                        "spring.cloud.function.definition=notifying;mailing")
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "--holdfast.notifier.state-directory=" + directory.resolve("state"),
                        "--holdfast.notifier.first-retry=200ms",
                        "--holdfast.notifier.longest-retry=1s");
    }

    private static EscalationPlanned plan(int port) {
        return new EscalationPlanned(
                Given.server(port, false, null, null),
                List.of(),
                List.of(new Level(1, Duration.ofMinutes(30), List.of("first@example.org"))),
                1);
    }

    private static void publish(ConfigurableApplicationContext context, Event event) {
        var envelope =
                new Envelope(Identifiers.derived(event.key(), event.toString()), "/test", Instant.now(), "test", event);
        context.getBean(EventPublisher.class).publish(Topics.of(event), envelope);
    }

    private static List<String> titles(GreenMail catcher) {
        return Arrays.stream(catcher.getReceivedMessages())
                .map(NotifierServiceIT::title)
                .toList();
    }

    private static String title(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
