package io.holdfast.scheduler;

import static io.holdfast.scheduler.Facts.catalogued;
import static io.holdfast.scheduler.Facts.planned;
import static io.holdfast.scheduler.Facts.progressed;
import static io.holdfast.scheduler.Facts.requested;
import static io.holdfast.scheduler.Facts.taken;
import static io.holdfast.scheduler.Facts.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.BackupEvent.RecoveryPointCompleted;
import io.holdfast.events.BackupEvent.RecoveryPointOpened;
import io.holdfast.events.BackupEvent.RecoveryPointRefused;
import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.Received;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.Request.ManifestRequested;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.DeadLetters;
import io.holdfast.messaging.ReceivedSerde;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulingTopologyTest {

    private static final Instant START = Instant.parse("2026-03-10T12:00:00Z");
    private static final List<String> INPUTS = List.of(
            Topics.PLAN.name(), Topics.BACKUPS.name(), Topics.CATALOGUE.name(), Topics.PROGRESS.name(), Route.REQUESTS);

    private final List<Topic> ensured = new ArrayList<>();
    private Instant now = START;
    private TopologyTestDriver driver;
    private TestOutputTopic<String, Received> facts;
    private TestOutputTopic<String, Received> requests;
    private TestOutputTopic<String, Received> deadLetters;

    @BeforeEach
    void start(@TempDir Path state) {
        driver = new TopologyTestDriver(topology(), properties(state), START);
        facts = output(Topics.BACKUPS);
        requests = output(Topics.requests(Facts.SITE));
        deadLetters = output(Topics.DEAD_LETTERS);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void asksASiteForWhatIsDue() {
        say(Topics.PLAN, planned("db", 1, "0 2 * * *"));
        pass(Duration.ofHours(14).minusSeconds(1));
        assertThat(requests.isEmpty()).isTrue();

        pass(Duration.ofSeconds(1));

        var opened = read(facts);
        var request = read(requests);
        assertThat(opened.event()).isInstanceOf(RecoveryPointOpened.class);
        assertThat(opened.correlation()).isEqualTo("shop-20260311T020000Z");
        assertThat(opened.source()).isEqualTo("/central/scheduler-service");
        assertThat(request.event()).isInstanceOf(BackupRequested.class);
        assertThat(request.correlation()).isEqualTo("shop-20260311T020000Z");
        assertThat(request.time()).isEqualTo("2026-03-11T02:00:00Z");
        assertThat(ensured).contains(Topics.requests(Facts.SITE));
    }

    @Test
    void makesUpForAMissedRunOnceTheCatalogueHasArrived() {
        say(Topics.PLAN, planned("db", 1, "0 2 * * *"));
        pass(Duration.ofMinutes(10));
        assertThat(requests.isEmpty()).isTrue();

        say(Topics.CATALOGUE, catalogued("db", now, Instant.parse("2026-03-08T02:00:07Z")));
        pass(Duration.ofSeconds(10));

        assertThat(read(requests).event())
                .isInstanceOfSatisfying(
                        BackupRequested.class,
                        request -> assertThat(request.due()).isEqualTo("2026-03-10T02:00:00Z"));
        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void asksAgainWhenASiteFallsSilent() {
        planAndAsk();
        var first = (BackupRequested) read(requests).event();
        pass(Duration.ofSeconds(90));
        say(Topics.PROGRESS, progressed(first));
        pass(Duration.ofSeconds(110));
        assertThat(requests.isEmpty()).isTrue();

        pass(Duration.ofSeconds(20));

        var second = (BackupRequested) read(requests).event();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.backup()).isEqualTo(first.backup());
    }

    @Test
    void asksForTheManifestOfACompletedRecoveryPoint() {
        planAndAsk();
        var request = (BackupRequested) read(requests).event();
        read(facts);

        say(Topics.BACKUPS, taken(request));

        assertThat(read(facts).event()).isInstanceOf(RecoveryPointCompleted.class);
        var manifest = (ManifestRequested) read(requests).event();
        say(Topics.BACKUPS, written(manifest));
        pass(Duration.ofHours(1));
        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void changesNothingVisibleWhenEverythingComesAgain() {
        planAndAsk();
        var request = (BackupRequested) read(requests).event();
        say(Topics.BACKUPS, taken(request));
        var manifest = (ManifestRequested) read(requests).event();
        say(Topics.BACKUPS, written(manifest));
        facts.readRecordsToList();

        say(Topics.PLAN, planned("db", 1, "0 2 * * *"));
        say(Topics.BACKUPS, taken(request));
        say(Topics.BACKUPS, written(manifest));
        say(Topics.requests(Topics.CENTRE), requested("shop-upgrade", START.plusSeconds(60)));
        pass(Duration.ofMinutes(10));

        assertThat(facts.isEmpty()).isTrue();
        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void refusesARequestForAStackItDoesNotKnow() {
        say(Topics.requests(Topics.CENTRE), requested("shop-upgrade", now.plusSeconds(60)));

        assertThat(read(facts).event())
                .isInstanceOfSatisfying(
                        RecoveryPointRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo("HF-B02"));
    }

    @Test
    void setsAsideWhatIsNoRequestWithItsHeaders() {
        var headers = new RecordHeaders()
                .add("ce_type", bytes("recovery-point-requested.v1"))
                .add("trace", bytes("7"));
        raw(Route.REQUESTS).pipeInput(new TestRecord<>("key", bytes("not { JSON"), headers));

        var letter = deadLetters.readRecord();

        assertThat(letter.key()).isEqualTo("key");
        assertThat(letter.value()).isInstanceOf(Received.Broken.class);
        assertThat(((Received.Broken) letter.value()).original().data()).isEqualTo(bytes("not { JSON"));
        assertThat(text(letter, "trace")).isEqualTo("7");
        assertThat(text(letter, "ce_type")).isEqualTo("recovery-point-requested.v1");
        assertThat(text(letter, DeadLetters.TOPIC)).isEqualTo("holdfast.requests.central");
        assertThat(text(letter, DeadLetters.REASON)).isNotBlank();
    }

    @Test
    void setsAsideAnUnknownRequestAndOneThatIsForASite() {
        var headers = new RecordHeaders()
                .add("ce_specversion", bytes("1.0"))
                .add("ce_id", bytes("1"))
                .add("ce_source", bytes("/test"))
                .add("ce_time", bytes("2026-03-10T12:00:00Z"))
                .add("ce_type", bytes("retention-requested.v9"));
        raw(Route.REQUESTS).pipeInput(new TestRecord<>("key", bytes("{}"), headers));
        planAndAsk();
        say(Topics.requests(Topics.CENTRE), read(requests).event());

        var letters = deadLetters.readRecordsToList();

        assertThat(letters)
                .extracting(letter -> text(letter, DeadLetters.REASON))
                .satisfiesExactly(
                        unknown -> assertThat(unknown).contains("retention-requested.v9"),
                        misplaced -> assertThat(misplaced).contains("not for this topic"));
    }

    @Test
    void skipsPoisonOnTheTopicsItOnlyObserves() {
        for (Topic topic : List.of(Topics.PLAN, Topics.BACKUPS, Topics.CATALOGUE, Topics.PROGRESS)) {
            raw(topic.name()).pipeInput("key", bytes("poison"));
            raw(topic.name()).pipeInput(new TestRecord<>("key", (byte[]) null));
        }
        raw(Route.REQUESTS).pipeInput(new TestRecord<>("key", (byte[]) null));

        planAndAsk();

        assertThat(read(requests).event()).isInstanceOf(BackupRequested.class);
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void heedsNoRequestOnATopicThatOthersMayWrite() {
        say(Topics.PLAN, planned("db", 1, "0 2 * * *"));

        say(Topics.PROGRESS, requested("shop-upgrade", now.plusSeconds(60)));

        assertThat(facts.isEmpty()).isTrue();
    }

    @Test
    void keepsItsStateInAStoreThatCanBeReadAgain() {
        planAndAsk();

        StackAgenda stored =
                driver.<String, StackAgenda>getKeyValueStore(AgendaKeeper.STORE).get(Facts.STACK);

        assertThat(stored.components()).containsOnlyKeys("db");
        assertThat(stored.open())
                .singleElement()
                .satisfies(point -> assertThat(point.id().value()).isEqualTo("shop-upgrade"));
    }

    @Test
    void changesItsDeployedShapeOnlyOnPurpose() {
        assertThat(topology().describe().toString()).isEqualToNormalizingWhitespace(approved("scheduling.txt"));
    }

    private void planAndAsk() {
        say(Topics.PLAN, planned("db", 1, "0 2 * * *"));
        say(Topics.requests(Topics.CENTRE), requested("shop-upgrade", now.plusSeconds(60)));
    }

    private void say(Topic topic, Event event) {
        var clock = Clock.fixed(now, ZoneOffset.UTC);
        var received = new Received.Known(Announcer.envelope(event, "test", "/test", clock));
        driver.createInputTopic(topic.name(), new StringSerializer(), new ReceivedSerde.Writer())
                .pipeInput(event.key(), received);
    }

    private void pass(Duration time) {
        for (Instant end = now.plus(time); now.isBefore(end); ) {
            var step =
                    Duration.ofSeconds(Math.min(10, Duration.between(now, end).toSeconds()));
            driver.advanceWallClockTime(step);
            now = now.plus(step);
        }
    }

    private TestInputTopic<String, byte[]> raw(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<String, Received> output(Topic topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), new ReceivedSerde.Reader());
    }

    private static Envelope read(TestOutputTopic<String, Received> topic) {
        return ((Received.Known) topic.readValue()).envelope();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(TestRecord<String, Received> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    private Topology topology() {
        var builder = new StreamsBuilder();
        var input = builder.stream(INPUTS, Consumed.with(Serdes.String(), new ReceivedSerde()));
        SchedulingTopology.build(input, Facts.SETTINGS, ensured::add);
        return builder.build();
    }

    private static Properties properties(Path state) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "holdfast-scheduler");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        return properties;
    }

    private static String approved(String file) {
        try (var resource = SchedulingTopologyTest.class.getResourceAsStream("/topology/" + file)) {
            return resource == null ? "" : new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
