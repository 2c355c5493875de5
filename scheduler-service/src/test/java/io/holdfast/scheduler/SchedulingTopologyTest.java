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
import io.holdfast.messaging.LaidAside;
import io.holdfast.messaging.testing.TopologyBench;
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
import java.util.Map;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulingTopologyTest {

    private static final Instant START = Instant.parse("2026-03-10T12:00:00Z");
    private static final Topic REQUESTS = Topics.requests(Topics.CENTRE);

    private final List<Topic> ensured = new ArrayList<>();
    private TopologyBench bench;
    private TestOutputTopic<String, Received> facts;
    private TestOutputTopic<String, Received> requests;
    private TestOutputTopic<String, Received> deadLetters;

    @BeforeEach
    void start(@TempDir Path state) {
        bench = new TopologyBench(topology(), state, START);
        facts = bench.output(Topics.BACKUPS);
        requests = bench.output(Topics.requests(Facts.SITE));
        deadLetters = bench.output(Topics.DEAD_LETTERS);
    }

    @AfterEach
    void stop() {
        bench.close();
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

        say(Topics.CATALOGUE, catalogued("db", bench.now(), Instant.parse("2026-03-08T02:00:07Z")));
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
        say(REQUESTS, requested("shop-upgrade", START.plusSeconds(60)));
        pass(Duration.ofMinutes(10));

        assertThat(facts.isEmpty()).isTrue();
        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void refusesARequestForAStackItDoesNotKnow() {
        say(REQUESTS, requested("shop-upgrade", bench.now().plusSeconds(60)));

        assertThat(read(facts).event())
                .isInstanceOfSatisfying(
                        RecoveryPointRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo("HF-B02"));
    }

    @Test
    void setsAsideWhatIsNoRequestWithItsHeaders() {
        bench.receiveBytes(REQUESTS, Map.of("ce_type", "recovery-point-requested.v1", "trace", "7"), "not { JSON");

        var letter = deadLetters.readRecord();

        assertThat(letter.key()).isEqualTo("key");
        assertThat(letter.value()).isInstanceOf(Received.Broken.class);
        assertThat(((Received.Broken) letter.value()).original().data())
                .asString()
                .isEqualTo("not { JSON");
        assertThat(text(letter, "trace")).isEqualTo("7");
        assertThat(text(letter, "ce_type")).isEqualTo("recovery-point-requested.v1");
        assertThat(text(letter, LaidAside.TOPIC)).isEqualTo("holdfast.requests.central");
        assertThat(text(letter, LaidAside.REASON)).isNotBlank();
    }

    @Test
    void setsAsideAnUnknownRequestAndOneThatIsForASite() {
        var headers = Map.of(
                "ce_specversion", "1.0",
                "ce_id", "1",
                "ce_source", "/test",
                "ce_time", "2026-03-10T12:00:00Z",
                "ce_type", "retention-requested.v9");
        bench.receiveBytes(REQUESTS, headers, "{}");
        planAndAsk();
        say(REQUESTS, read(requests).event());

        var letters = deadLetters.readRecordsToList();

        assertThat(letters)
                .extracting(letter -> text(letter, LaidAside.REASON))
                .satisfiesExactly(
                        unknown -> assertThat(unknown).contains("retention-requested.v9"),
                        misplaced -> assertThat(misplaced).contains("not for this topic"));
    }

    @Test
    void skipsPoisonOnTheTopicsItOnlyObserves() {
        for (Topic topic : List.of(Topics.PLAN, Topics.BACKUPS, Topics.CATALOGUE, Topics.PROGRESS)) {
            bench.receiveBytes(topic, Map.of(), "poison");
            bench.receiveBytes(topic, Map.of(), null);
        }
        bench.receiveBytes(REQUESTS, Map.of(), null);

        planAndAsk();

        assertThat(read(requests).event()).isInstanceOf(BackupRequested.class);
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void heedsNoRequestOnATopicThatOthersMayWrite() {
        say(Topics.PLAN, planned("db", 1, "0 2 * * *"));

        say(Topics.PROGRESS, requested("shop-upgrade", bench.now().plusSeconds(60)));

        assertThat(facts.isEmpty()).isTrue();
    }

    @Test
    void keepsItsStateInAStoreThatCanBeReadAgain() {
        planAndAsk();

        StackAgenda stored = bench.<StackAgenda>store(AgendaKeeper.STORE).get(Facts.STACK);

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
        say(REQUESTS, requested("shop-upgrade", bench.now().plusSeconds(60)));
    }

    private void say(Topic topic, Event event) {
        var clock = Clock.fixed(bench.now(), ZoneOffset.UTC);
        bench.receive(topic, Announcer.envelope(event, "test", "/test", clock), bench.now());
    }

    /** Looks every ten seconds, so that what is due between is done when it is. */
    private void pass(Duration time) {
        for (Instant end = bench.now().plus(time); bench.now().isBefore(end); ) {
            bench.pass(Duration.ofSeconds(
                    Math.min(10, Duration.between(bench.now(), end).toSeconds())));
        }
    }

    private static Envelope read(TestOutputTopic<String, Received> topic) {
        return ((Received.Known) topic.readValue()).envelope();
    }

    private static String text(TestRecord<String, Received> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    private Topology topology() {
        return TopologyBench.topology(
                "scheduler", "scheduling", input -> SchedulingTopology.build(input, Facts.SETTINGS, ensured::add));
    }

    private static String approved(String file) {
        try (var resource = SchedulingTopologyTest.class.getResourceAsStream("/topology/" + file)) {
            return resource == null ? "" : new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
