package io.holdfast.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.console.plan.PlanPublisher;
import io.holdfast.console.plan.Publication;
import io.holdfast.console.security.TokenFile;
import io.holdfast.console.view.BackupsView;
import io.holdfast.console.view.PlanView;
import io.holdfast.embedded.broker.BrokerSettings;
import io.holdfast.embedded.broker.EmbeddedBroker;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.EventPublisher;
import io.holdfast.plan.PlanReader;
import io.holdfast.plan.PlanReading;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The console alone, against a broker, across a restart. */
class ConsoleOnBrokerIT {

    private static final String PLAN = """
            version: 1
            vaults: {directory: /srv/vaults, password: "file:/run/secrets/vault"}
            stacks:
              - name: wiki
                components:
                  - {name: pages, files: {paths: [/srv/wiki/pages]}, schedule: "@daily", keep: {last: 7}}
            """;

    @TempDir
    private Path directory;

    @Test
    void plansAndBackupsSurviveARestart() throws Exception {
        String token = TokenFile.create(directory.resolve("token"));
        try (var broker = new EmbeddedBroker(BrokerSettings.in(directory.resolve("broker")))) {
            broker.start();
            String id;
            try (var console = start(broker)) {
                var valid = (PlanReading.Valid) PlanReader.read(PLAN, "plan.yaml");
                assertThat(console.getBean(PlanPublisher.class).publish(valid.plan(), PLAN, 0, "up"))
                        .isEqualTo(new Publication.Published(1, List.of()));
                id = ask(console, token);
            }
            try (var console = start(broker)) {
                assertThat(console.getBean(PlanPublisher.class).currentRevision())
                        .isEqualTo(1);
                assertThat(console.getBean(BackupsView.class).byId(id)).isPresent();
                assertThat(ask(console, token)).isEqualTo(id);

                var announcer = new Announcer(
                        console.getBean(EventPublisher.class), "/sites/local/snapshot-worker", Clock.systemUTC());
                var point = Samples.point("rag", 1);
                Samples.catalogue(point, true).forEach(event -> announcer.announce(event, point.value()));
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(
                                        console.getBean(BackupsView.class).byId(point.value()))
                                .isPresent());
                assertThat(console.getBean(PlanView.class).stacks()).containsExactly("wiki");
            }
        }
    }

    private ConfigurableApplicationContext start(EmbeddedBroker broker) {
        return SpringApplication.run(
                ConsoleApplication.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--holdfast.console.token-file=" + directory.resolve("token"),
                "--holdfast.console.state-directory=" + directory.resolve("state"));
    }

    private static String ask(ConfigurableApplicationContext console, String token) throws Exception {
        String port = console.getEnvironment().getProperty("local.server.port", "");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/backups/create"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "nightly-script-1")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var accepted = client.send(request, BodyHandlers.ofString());
            assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
            return ConsoleTestBase.json(accepted).path("id").asString();
        }
    }
}
