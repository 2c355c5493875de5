package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.embedded.LoopbackPorts;
import io.holdfast.embedded.broker.BrokerSettings;
import io.holdfast.embedded.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each service as a process of its own against a broker outside: the same code as in one process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServicesAloneIT {

    private static final List<String> SERVICES = List.of(
            "console",
            "scheduler-service",
            "snapshot-worker",
            "upload-service",
            "restore-service",
            "monitor-service",
            "notifier-service");

    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(3);

    private final List<RunningHoldfast> running = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // JUnit sets it up
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedBroker broker;

    @SuppressWarnings("NullAway.Init")
    private LoopbackPorts ports;

    @BeforeAll
    void startEachAlone(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        this.directory = directory;
        ports = new LoopbackPorts(directory.resolve("ports"));
        broker = new EmbeddedBroker(BrokerSettings.in(directory.resolve("broker")));
        broker.start();
        secret("token", "token-of-the-operator-0123456789");
        secret("site-token", "token-of-the-site-0123456789abcdef");
        secret("password", "correct horse battery staple");
        for (String service : SERVICES) {
            running.add(RunningHoldfast.service(directory, service, settings(service, ports.claim(service, 0))));
        }
        for (int i = 0; i < SERVICES.size(); i++) {
            awaitHealth(SERVICES.get(i), running.get(i));
        }
    }

    @AfterAll
    void stop() throws IOException {
        for (RunningHoldfast service : running) {
            service.kill();
            service.close();
        }
        broker.close();
    }

    @Test
    void backUpReplicateAndRestoreTogether() throws Exception {
        Path documents = Files.createDirectories(directory.resolve("source/documents"));
        Files.writeString(documents.resolve("paper.txt"), "words");
        var console = new Console(url("console"), "token-of-the-operator-0123456789");

        console.putPlan("""
                version: 1
                site: harbour
                vaults: {directory: "%1$s/vaults", password: "file:%1$s/password"}
                regions:
                  - {name: second-disk, location: "%1$s/second-disk"}
                classes:
                  seldom: {schedule: "0 0 29 2 *", keep: {last: 50}}
                stacks:
                  - name: papers
                    class: seldom
                    components:
                      - {name: documents, files: {paths: ["%2$s"]}}
                """.formatted(directory, documents));

        String backup = console.awaitFirstBackup();
        console.awaitBackup(backup, "vault", "second-disk");
        console.awaitThat(
                "/api/status",
                status -> status.path("components")
                        .path(0)
                        .path("health")
                        .stringValue("")
                        .equals("PROTECTED"));
        Files.writeString(documents.resolve("paper.txt"), "lost");
        JsonNode restore =
                console.awaitRestore(console.restore(Map.of("backup_id", "latest", "reason", "to see it work")));
        assertThat(restore.path("status").stringValue()).as("%s", restore).isEqualTo("COMPLETED");
        assertThat(documents.resolve("paper.txt")).hasContent("words");
    }

    @Test
    void sayWhichPortIsTaken() throws IOException {
        int port = port("console");
        try (RunningHoldfast twin = RunningHoldfast.service(directory, "console", settings("console", port))) {
            assertThat(twin.exit(HEALTHY_WITHIN)).isEqualTo(1);
            assertThat(twin.output())
                    .contains(
                            "HF-S43 Cannot start console: another program has port %d (server.port).".formatted(port));
        }
    }

    @Test
    void listenOnLoopbackUnlessToldOtherwise() throws IOException {
        for (String service : SERVICES) {
            Loopback.assertListensNowhereElse(service, port(service));
        }
    }

    private void secret(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private List<String> settings(String service, int port) {
        return List.of(
                "spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "spring.cloud.stream.kafka.streams.binder.configuration.state.dir="
                        + directory.resolve("streams-" + service),
                "server.port=" + port,
                "holdfast.site.id=harbour",
                "holdfast.site.state-directory=" + directory.resolve("site"),
                "holdfast.console.token-file=" + directory.resolve("token"),
                "holdfast.console.site-token-file=" + directory.resolve("site-token"),
                "holdfast.console.state-directory=" + directory.resolve("console"),
                "holdfast.restore-service.token-file=" + directory.resolve("site-token"),
                "holdfast.notifier.state-directory=" + directory.resolve("notifier"));
    }

    private String url(String service) {
        return "http://127.0.0.1:" + port(service);
    }

    private int port(String service) {
        return LoopbackPorts.find(directory.resolve("ports"), service).orElseThrow();
    }

    private void awaitHealth(String service, RunningHoldfast process) {
        await(service).atMost(HEALTHY_WITHIN).ignoreExceptions().until(() -> {
            if (!process.isAlive()) {
                return true;
            }
            var request = HttpRequest.newBuilder(URI.create(url(service) + "/actuator/health"))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body().contains("\"UP\"");
        });
        assertThat(process.isAlive())
                .as(() -> service + " wrote:\n" + process.output())
                .isTrue();
    }
}
