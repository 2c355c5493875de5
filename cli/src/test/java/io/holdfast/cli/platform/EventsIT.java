package io.holdfast.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.cli.TestCli;
import io.holdfast.cli.terminal.Json;
import io.holdfast.events.AlertEvent;
import io.holdfast.events.Envelope;
import io.holdfast.events.IncidentEvent.IncidentOpened;
import io.holdfast.events.IncidentEvent.IncidentResolved;
import io.holdfast.events.IncidentId;
import io.holdfast.events.Topics;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EventsIT {

    private static final Instant AT = Instant.parse("2026-11-21T13:00:00Z");
    private static final Envelope OPENED = new Envelope(
            "e-1",
            "/central/notifier",
            AT,
            "c-1",
            new IncidentOpened(new IncidentId("i-1"), "rag/redis", AlertEvent.Severity.CRITICAL, "stale", AT));
    private static final Envelope RESOLVED = new Envelope(
            "e-2", "/central/notifier", AT, "c-1", new IncidentResolved(new IncidentId("i-1"), "rag/redis", "ok", AT));

    @TempDir
    static Path temp;

    private static TestBroker broker;

    private final TestCli cli = new TestCli();

    @BeforeAll
    static void start() throws Exception {
        broker = new TestBroker(temp);
        broker.create(Topics.INCIDENTS);
        broker.create(Topics.ALERTS);
        broker.publish(OPENED);
        broker.publish(Topics.ALERTS, "rag/redis", "no event");
        broker.create(Topics.HEARTBEATS);
        broker.publish(Topics.HEARTBEATS, "a", "beat");
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void showsWhatThereIsAndEnds() {
        TestCli.Outcome shown = cli.run("events", "--brokers", broker.address());
        assertThat(shown.code()).isZero();
        assertThat(shown.out().lines().toList())
                .anySatisfy(line -> assertThat(line).contains("  incidents  incident-opened.v1  i-1  {"))
                .anySatisfy(line -> assertThat(line).contains("  alerts  broken  rag/redis  "));
        assertThat(shown.out()).doesNotContain("heartbeats");
        assertThat(shown.err()).isEmpty();
        assertThat(cli.run("events", "--brokers", broker.address(), "--topic", "heartbeats")
                        .out())
                .contains("  heartbeats  broken  a  ");
    }

    @Test
    void showsOneTopicAsJsonLines() {
        cli.with("HOLDFAST_BROKERS", broker.address());
        List<JsonNode> lines = cli.run("events", "--topic", "incidents", "--json")
                .out()
                .lines()
                .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        assertThat(lines.getFirst().path("type").stringValue()).isEqualTo("incident-opened.v1");
        assertThat(lines.getFirst().path("data").path("subject").stringValue()).isEqualTo("rag/redis");
        assertThat(cli.run("events", "--topic", "nonsense").err())
                .startsWith("HF-L10 ")
                .contains("holdfast.nonsense", "holdfast.alerts");
    }

    @Test
    void followsWhatArrivesFromNowOnUntilInterrupted() throws Exception {
        var out = new StringWriter();
        var err = new StringWriter();
        int[] code = {-1};
        Thread following = Thread.ofPlatform()
                .start(() -> code[0] = cli.run(out, err, "events", "--follow", "--brokers", broker.address()));
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    broker.publish(RESOLVED);
                    assertThat(out.toString()).contains("incident-resolved.v1");
                });
        broker.create(Topics.NOTICES);
        broker.publish(Topics.NOTICES, "late", "on a topic that was not there");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(out.toString()).contains("  notices  broken  late"));
        following.interrupt();
        assertThat(following.join(Duration.ofSeconds(20))).isTrue();
        assertThat(code[0]).isEqualTo(130);
        assertThat(err.toString()).startsWith("HF-L15 Interrupted. No more events are shown");
        assertThat(out.toString()).doesNotContain("incident-opened.v1");
    }
}
