package io.holdfast.standalone;

import static io.holdfast.standalone.TestTopics.header;
import static io.holdfast.standalone.TestTopics.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.AlertEvent.AlertCleared;
import io.holdfast.events.BackupKind;
import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.EventCodec;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request.RecoveryPointRequested;
import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreId;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What does not belong on a topic, on every topic of the contract. */
class BrokenRecordsIT {

    private static final String SITE = "local";

    /** As large as a producer sends with its defaults, so that one header more is too much. */
    private static final int LARGEST = 1024 * 1024 - 200;

    private static final byte[] POISON = {(byte) 0xff, 0, 1};

    private static final String REQUESTS = Topics.requests(SITE).name();
    private static final String DEAD_LETTERS = Topics.DEAD_LETTERS.name();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private final List<String> every = Stream.concat(Topics.central().stream(), Stream.of(Topics.requests(SITE)))
            .map(Topic::name)
            .filter(topic -> !topic.equals(DEAD_LETTERS))
            .toList();

    @Test
    void areSetAsideOnceAndEverythingGoesOn() throws Exception {
        TestStack stack = TestStack.in(directory, "documents");
        Files.writeString(stack.source("documents").resolve("paper"), "a paper");
        try (RunningHoldfast holdfast = RunningHoldfast.up(stack.data(), stack.plan())) {
            Console console = holdfast.console();
            TestTopics topics = holdfast.topics();
            console.awaitFirstBackup();

            topics.publish(broken());
            topics.publishCompressed(endless());

            Set<String> expected = Stream.of(
                            every.stream().flatMap(topic -> Stream.of(topic + " poison", topic + " large")),
                            Stream.of(REQUESTS + " later", "holdfast.requests.central later"),
                            endless().stream().map(message -> message.topic() + " endless"))
                    .flatMap(names -> names)
                    .collect(Collectors.toSet());
            List<ConsumerRecord<String, byte[]>> letters = Awaitility.await("dead letters")
                    .atMost(Console.PATIENCE)
                    .until(() -> topics.records(DEAD_LETTERS), found -> found.size() >= expected.size());
            assertThat(letters)
                    .extracting(letter -> header(letter, "own"))
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(letters).allSatisfy(BrokenRecordsIT::assertAsItWas);
            console.awaitThat(
                    "/api/incidents?open=true&limit=1000",
                    open -> open.path("incidents")
                            .valueStream()
                            .map(incident -> incident.path("subject").stringValue(""))
                            .collect(Collectors.toSet())
                            .containsAll(
                                    every.stream().map("dead-letter/"::concat).toList()));
            console.awaitBackup(console.backUp("after-poison"), "vault", "east", "west");
            assertThat(topics.records(DEAD_LETTERS)).as("each once").hasSize(expected.size());
            assertThat(stack.data().resolve("logs/holdfast.log"))
                    .content()
                    .as("records that say nothing trouble nobody")
                    .doesNotContain("KafkaNull");
        }
    }

    /** On every topic: bytes that are no event, more of them than fit, none, and what comes later. */
    private List<ProducerRecord<String, byte[]>> broken() {
        return every.stream()
                .flatMap(topic -> Stream.of(
                        message(topic, "papers/poison", POISON, Map.of("own", topic + " poison")),
                        message(topic, "papers/large", new byte[LARGEST], Map.of("own", topic + " large")),
                        TestTopics.tombstone(topic, "papers/nothing"),
                        message(topic, "papers/later", "{}".getBytes(UTF_8), later(topic))))
                .toList();
    }

    /** Good events, but for a correlation that fits into no record again. */
    private static List<ProducerRecord<String, byte[]>> endless() {
        Instant now = Instant.now();
        Instant expires = now.plusSeconds(600);
        var restore = new RestoreRequested(
                new RestoreId("endless"),
                "papers",
                List.of(),
                "latest",
                null,
                null,
                null,
                null,
                "operator",
                "a test",
                expires);
        var point = new RecoveryPointRequested(
                "papers", new RecoveryPointId("endless"), List.of(), BackupKind.INCREMENTAL, null, "operator", expires);
        return List.of(
                endless(REQUESTS, restore, now),
                endless(Topics.requests(Topics.CENTRE).name(), point, now),
                endless(Topics.ALERTS.name(), new AlertCleared("endless", "well", now), now));
    }

    private static ProducerRecord<String, byte[]> endless(String topic, Event event, Instant now) {
        var envelope = new Envelope("endless", "/kitchen", now, "endless", event);
        var headers = new LinkedHashMap<>(Map.of("own", topic + " endless"));
        headers.putAll(EventCodec.headers(envelope));
        headers.put("ce_correlationid", "x".repeat(1_100_000));
        return message(topic, "papers/endless", EventCodec.data(envelope), headers);
    }

    private static void assertAsItWas(ConsumerRecord<String, byte[]> letter) {
        assertThat(header(letter, "own")).startsWith(header(letter, "holdfast-original-topic") + " ");
        assertThat(header(letter, "own")).endsWith(letter.key().replace("papers/", " "));
        assertThat(header(letter, "holdfast-reason")).isNotBlank();
        switch (letter.key()) {
            case "papers/poison" -> assertThat(letter.value()).isEqualTo(POISON);
            case "papers/large" -> assertThat(letter.value()).hasSize(EventCodec.MOST_BYTES);
            case "papers/endless" ->
                assertThat(header(letter, "holdfast-reason")).contains("'correlationid' has 1100000 characters");
            default -> assertThat(letter.value()).asString(UTF_8).isEqualTo("{}");
        }
    }

    /** An event of a type that only a later version knows. */
    private static Map<String, String> later(String topic) {
        return Map.of(
                "ce_specversion", "1.0",
                "ce_type", "tea-made.v1",
                "ce_id", "tea-1",
                "ce_source", "/kitchen",
                "ce_time", Instant.now().toString(),
                "own", topic + " later");
    }
}
