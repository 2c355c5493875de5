package io.holdfast.monitor;

import static io.holdfast.monitor.Given.DB;
import static io.holdfast.monitor.Given.START;
import static io.holdfast.monitor.Given.capturing;
import static io.holdfast.monitor.Given.catalogued;
import static io.holdfast.monitor.Given.envelope;
import static io.holdfast.monitor.Given.failed;
import static io.holdfast.monitor.Given.found;
import static io.holdfast.monitor.Given.planned;
import static io.holdfast.monitor.Given.replicated;
import static io.holdfast.monitor.Given.replicationFailed;
import static io.holdfast.monitor.Given.snapshot;
import static io.holdfast.monitor.Given.taken;
import static io.holdfast.monitor.Given.takenBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.AlertEvent;
import io.holdfast.events.AlertEvent.AlertCleared;
import io.holdfast.events.AlertEvent.AlertRaised;
import io.holdfast.events.EventJson;
import io.holdfast.events.PlanRecord.Retired;
import io.holdfast.events.Received;
import io.holdfast.events.SnapshotKind;
import io.holdfast.events.StatusRecord.ComponentStatus;
import io.holdfast.events.StatusRecord.Health;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import io.holdfast.messaging.LaidAside;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MonitorTopologyTest {

    private static final Duration TICK = Duration.ofSeconds(10);

    @TempDir
    private Path state;

    private MonitorBench monitor;

    @BeforeEach
    void start() {
        monitor = new MonitorBench(state.resolve("first"), START);
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    @Test
    void raisesOneAlertWhenADailyBackupIsOlderThan25Hours() {
        protectedSince(START);
        monitor.pass(Duration.ofHours(25).minusSeconds(1));
        assertThat(monitor.alerts()).isEmpty();

        monitor.pass(TICK);
        monitor.pass(Duration.ofHours(30));

        assertThat(subjects(monitor.alerts()))
                .containsExactlyInAnyOrder("freshness/shop/db", "freshness/shop/db/north");
    }

    @Test
    void clearsOnceAtTheNextSnapshot() {
        protectedSince(START);
        monitor.pass(Duration.ofHours(26));
        monitor.alerts();

        monitor.receive(taken(2, monitor.now(), 5_000));
        monitor.pass(TICK);

        assertThat(monitor.alerts()).singleElement().isInstanceOfSatisfying(AlertCleared.class, cleared -> {
            assertThat(cleared.subject()).isEqualTo("freshness/shop/db");
            assertThat(cleared.at()).isEqualTo(START.plus(Duration.ofHours(26)));
        });
    }

    @Test
    void saysNothingAgainAfterARestartOrARedelivery() {
        protectedSince(START);
        var failure = envelope(failed(2));
        monitor.receive(failure, monitor.now());
        monitor.pass(Duration.ofHours(26));
        assertThat(monitor.alerts()).hasSize(3);

        monitor = monitor.restarted(state.resolve("second"));
        monitor.receive(failure, monitor.now());
        monitor.receive(planned());
        monitor.pass(TICK);

        assertThat(monitor.alerts()).isEmpty();
        assertThat(monitor.statuses()).isEmpty();
    }

    @Test
    void aRedeliveredSnapshotIsNoFresherThanItWas() {
        protectedSince(START);
        monitor.pass(Duration.ofHours(24));

        monitor.receive(taken(1, START, 5_000));
        monitor.pass(Duration.ofHours(2));

        assertThat(subjects(monitor.alerts())).contains("freshness/shop/db");
    }

    @Test
    void aFailureThatComesAgainAfterTheSuccessOfItsRetryIsNone() {
        protectedSince(START);
        monitor.receive(failed(2));
        monitor.receive(taken(2, monitor.now(), 5_000));
        monitor.receive(failed(2));
        monitor.pass(TICK);

        assertThat(monitor.alerts()).isEmpty();
    }

    @Test
    void raisesAFailedBackupAndClearsItWithTheNextGoodOne() {
        protectedSince(START);
        monitor.receive(failed(2));
        monitor.pass(TICK);
        monitor.receive(taken(3, monitor.now(), 5_000));

        assertThat(monitor.alerts())
                .satisfiesExactly(
                        raised -> assertThat(((AlertRaised) raised).message())
                                .startsWith(
                                        "Backups of shop/db on site home fail since 2026-11-01T02:00:00Z: HF-S10 the disk is full")
                                .contains(
                                        "\nSafe: the last good copies are snapshot 00000000 of 2026-11-01T02:00:00Z (5.0 kB) in the vault")
                                .contains("\nTo do: "),
                        cleared -> assertThat(cleared).isInstanceOf(AlertCleared.class));
    }

    @Test
    void raisesWhatHasNeverRunInItsOwnWords() {
        monitor.receive(planned());
        monitor.pass(Duration.ofHours(25));

        var freshness = (AlertRaised) monitor.alerts().getFirst();
        assertThat(freshness.code()).isEqualTo("HF-A02");
        assertThat(freshness.message()).startsWith("shop/db has never been backed up");
        assertThat(freshness.since()).isEqualTo(START.plus(Duration.ofHours(25)));
    }

    @Test
    void aNewRevisionOfThePlanDoesNotStartTheClockAgain() {
        monitor.receive(planned(1, null));
        monitor.pass(Duration.ofHours(20));
        monitor.receive(planned(2, null));
        monitor.pass(Duration.ofHours(5));

        assertThat(subjects(monitor.alerts())).contains("freshness/shop/db");
    }

    @Test
    void aStricterRecoveryPointObjectiveWins() {
        monitor.receive(planned(1, Duration.ofHours(24)));
        monitor.receive(taken(1, START, 5_000));
        monitor.pass(Duration.ofHours(24));

        assertThat(subjects(monitor.alerts())).contains("freshness/shop/db");
    }

    @Test
    void tellsAFailingRegionAndItsRecovery() {
        protectedSince(START);
        monitor.receive(taken(2, monitor.now(), 5_000));
        monitor.receive(replicationFailed(monitor.now()));
        monitor.pass(TICK);
        monitor.receive(replicated(2, START));

        assertThat(monitor.alerts())
                .satisfiesExactly(
                        raised -> {
                            assertThat(raised.subject()).isEqualTo("replication/shop/db/north");
                            assertThat(((AlertRaised) raised).region()).isEqualTo("north");
                        },
                        cleared -> assertThat(cleared).isInstanceOf(AlertCleared.class));
        assertThat(monitor.statuses().getLast().regions().getFirst().behindSince())
                .isNull();
    }

    @Test
    void tellsThatARegionIsBehindWhileACopyToItGoesOnForHours() {
        protectedSince(START);
        monitor.pass(Duration.ofHours(1));
        monitor.receive(taken(2, monitor.now(), 5_000));
        monitor.receive(taken(3, monitor.now(), 5_000));
        monitor.statuses();
        Instant taken = monitor.now();
        monitor.pass(Duration.ofMinutes(2));
        assertThat(monitor.statuses().getLast().regions().getFirst().behindSince())
                .isEqualTo(taken);
        assertThat(monitor.alerts()).isEmpty();

        monitor.pass(Duration.ofHours(2));
        monitor.receive(replicated(2, taken));
        monitor.receive(replicated(3, taken));

        assertThat(monitor.alerts())
                .satisfiesExactly(
                        raised -> assertThat(((AlertRaised) raised).code()).isEqualTo("HF-A07"),
                        cleared -> assertThat(cleared).isInstanceOf(AlertCleared.class));
        assertThat(monitor.statuses().getLast().regions().getFirst().behindSince())
                .isNull();
    }

    @Test
    void rebuildsFromTheCatalogueAfterTheBrokerWasWiped() {
        Instant yesterday = START.minus(Duration.ofHours(20));
        monitor.receive(planned());
        monitor.receive(catalogued(
                "vault", START, null, found(9, START, SnapshotKind.SAFETY), found(1, yesterday, SnapshotKind.REGULAR)));
        monitor.receive(catalogued("north", START, null, found(1, yesterday, SnapshotKind.REGULAR)));

        ComponentStatus status = monitor.statuses().getLast();
        assertThat(status.health()).isEqualTo(Health.PROTECTED);
        assertThat(status.lastGoodAt()).isEqualTo(yesterday);
        assertThat(status.lastGood()).isEqualTo(snapshot(1));
        assertThat(status.regions().getFirst().lastGoodAt()).isEqualTo(yesterday);

        monitor.pass(Duration.ofHours(5));
        assertThat(subjects(monitor.alerts())).contains("freshness/shop/db");
    }

    @Test
    void whatHoldsWhatWasCapturedBeforeProtectsNothing() {
        monitor.receive(planned());
        monitor.receive(takenBy(1L, 1, START, 5_000));
        monitor.receive(replicated(1, START));
        monitor.pass(Duration.ofHours(10));
        monitor.statuses();

        monitor.receive(capturing(2, 2));
        Instant changed = monitor.now();
        assertThat(monitor.statuses()).singleElement().satisfies(status -> {
            assertThat(status.health()).isEqualTo(Health.WAITING);
            assertThat(status.changedAt()).isEqualTo(changed);
            assertThat(status.lastGood()).isEqualTo(snapshot(1));
            assertThat(status.freshUntil()).isNull();
        });

        monitor.receive(takenBy(2L, 2, monitor.now(), 5_000));
        assertThat(monitor.statuses()).singleElement().satisfies(status -> {
            assertThat(status.health()).isEqualTo(Health.PROTECTED);
            assertThat(status.changedAt()).isNull();
        });
        assertThat(monitor.alerts()).isEmpty();
    }

    @Test
    void saysThatThePlanChangedWhatIsCapturedAndThatNoBackupOfThatCame() {
        protectedSince(START);
        monitor.pass(Duration.ofHours(10));
        monitor.receive(capturing(2, 2));

        monitor.pass(Duration.ofHours(15).minusSeconds(1));
        assertThat(monitor.alerts()).isEmpty();
        monitor.pass(TICK);

        var alerts = monitor.alerts();
        assertThat(subjects(alerts)).containsExactlyInAnyOrder("freshness/shop/db", "freshness/shop/db/north");
        var freshness = (AlertRaised) alerts.getFirst();
        assertThat(freshness.code()).isEqualTo("HF-A09");
        assertThat(freshness.message())
                .startsWith(
                        "The plan changed what is captured of shop/db at 2026-11-01T12:00:00Z, and no good backup of"
                                + " that is there yet; one is expected every 25 h. The last, taken at 2026-11-01T02:00:00Z,"
                                + " holds what was captured before.")
                .contains("in the vault, of what was captured before the plan changed that, snapshot");
        assertThat(((AlertRaised) alerts.getLast()).message())
                .contains("The plan changed what is captured at 2026-11-01T12:00:00Z; that copy holds what was");
        assertThat(monitor.statuses().getLast().health()).isEqualTo(Health.UNPROTECTED);
    }

    @Test
    void aChangeOfWhatIsCapturedPutsNoAlertOff() {
        protectedSince(START);
        monitor.pass(Duration.ofHours(26));
        monitor.alerts();

        monitor.receive(capturing(2, 2));
        monitor.pass(Duration.ofHours(2));

        assertThat(monitor.alerts()).isEmpty();
        assertThat(monitor.statuses().getLast().health()).isEqualTo(Health.UNPROTECTED);
    }

    @Test
    void aBackupThatBeganByTheOldPlanAndEndedAfterTheChangeDoesNotCount() {
        protectedSince(START);
        monitor.pass(Duration.ofHours(1));
        monitor.receive(capturing(2, 2));
        Instant changed = monitor.now();
        monitor.pass(Duration.ofHours(1));
        monitor.receive(takenBy(1L, 2, monitor.now(), 5_000));
        assertThat(monitor.statuses().getLast().health()).isEqualTo(Health.WAITING);

        monitor.pass(Duration.ofHours(24));

        assertThat(monitor.alerts()).first().isInstanceOfSatisfying(AlertRaised.class, raised -> {
            assertThat(raised.code()).isEqualTo("HF-A09");
            assertThat(raised.since()).isEqualTo(changed.plus(Duration.ofHours(25)));
        });
    }

    @Test
    void whatThePlanWasChangedToBeforeAnythingWasKnownStaysUnknown() {
        monitor.receive(capturing(3, 7));
        monitor.receive(catalogued("vault", START, null, found(1, START.minusSeconds(60), SnapshotKind.REGULAR)));

        assertThat(monitor.statuses().getLast().health()).isEqualTo(Health.PROTECTED);
    }

    @Test
    void aPlanThatIsPublishedAgainTakesNothingAway() {
        protectedSince(START);
        monitor.receive(capturing(2, 2));
        monitor.receive(takenBy(2L, 2, monitor.now(), 5_000));
        monitor.pass(Duration.ofHours(1));
        monitor.receive(capturing(2, 3));
        monitor.receive(capturing(2, 3));

        assertThat(monitor.statuses().getLast().health()).isEqualTo(Health.PROTECTED);
    }

    @Test
    void aComponentThatComesBackIsNotProtectedByWhatItHeldBefore() {
        protectedSince(START);
        monitor.receive(new Retired("shop/component/db", 2));
        monitor.pass(Duration.ofHours(1));
        monitor.statusRecords();
        monitor.receive(capturing(3, 3));

        assertThat(monitor.statuses().getLast().health()).isEqualTo(Health.WAITING);
    }

    @Test
    void goesOnWithWhatAVersionStoredThatKnewOfNoChanges() {
        protectedSince(START);
        monitor.statuses();
        ComponentHealth health =
                monitor.<ComponentHealth>store(ComponentWatch.STORE).get(DB.toString());
        var stored = new String(EventJson.write(health), StandardCharsets.UTF_8);
        assertThat(stored).doesNotContain("changed", "planRevision");

        monitor = monitor.restarted(state.resolve("second"));
        monitor.receive(planned(2, null));
        assertThat(monitor.statuses()).isEmpty();

        monitor.pass(Duration.ofMinutes(1));
        monitor.receive(capturing(3, 3));
        assertThat(monitor.statuses().getLast().health()).isEqualTo(Health.WAITING);
    }

    @Test
    void publishesTheStatusWhenItChangesAndNotAtEveryTick() {
        protectedSince(START);
        assertThat(monitor.statuses())
                .extracting(ComponentStatus::health)
                .containsExactly(Health.WAITING, Health.PROTECTED, Health.PROTECTED);

        monitor.pass(TICK);
        monitor.pass(TICK);
        assertThat(monitor.statuses()).isEmpty();

        monitor.pass(Duration.ofHours(25));
        assertThat(monitor.statuses()).singleElement().satisfies(status -> {
            assertThat(status.health()).isEqualTo(Health.UNPROTECTED);
            assertThat(status.alerts()).containsExactly("freshness/shop/db", "freshness/shop/db/north");
        });
    }

    @Test
    void aRetiredComponentLosesItsAlertsAndItsStatus() {
        protectedSince(START);
        monitor.receive(failed(2));
        monitor.pass(TICK);
        monitor.alerts();
        monitor.statuses();

        monitor.receive(new Retired("shop/component/db", 2));
        monitor.pass(Duration.ofDays(2));

        assertThat(monitor.alerts()).singleElement().isInstanceOf(AlertCleared.class);
        assertThat(monitor.statusRecords()).singleElement().satisfies(record -> {
            assertThat(record.key).isEqualTo(DB.toString());
            assertThat(record.value).isNull();
        });
    }

    @Test
    void raisesNothingOnTheWayThroughABacklog() {
        monitor.receive(envelope(planned()), START.minus(Duration.ofDays(9)));
        monitor.receive(envelope(taken(1, START, 5_000)), START.minus(Duration.ofDays(8)));
        monitor.pass(TICK);
        assertThat(monitor.alerts()).isEmpty();

        monitor.receive(envelope(taken(2, START, 5_000)), START.minus(Duration.ofHours(3)));
        monitor.receive(envelope(replicated(2, START)), START.minus(Duration.ofHours(2)));
        monitor.pass(TICK);
        monitor.pass(TICK);

        assertThat(monitor.alerts()).isEmpty();
    }

    @Test
    void setsBrokenRecordsAsideAndRaisesAnAlertForTheirTopic() {
        monitor.receiveBytes(Topics.BACKUPS, Map.of("their", "own"), "{");

        var letter = monitor.deadLetters().getFirst();
        assertThat(text(letter.headers(), "their")).isEqualTo("own");
        assertThat(text(letter.headers(), LaidAside.TOPIC)).isEqualTo("holdfast.backups");
        assertThat(((Received.Broken) letter.value()).original().data())
                .isEqualTo("{".getBytes(StandardCharsets.UTF_8));

        monitor.pass(TICK);
        monitor.pass(TICK);
        assertThat(subjects(monitor.alerts())).containsExactly("dead-letter/holdfast.backups");
        assertThat(monitor.deadLetters()).isEmpty();
    }

    /** A topic that the contract gains later is the monitor's to read too, unless it is one of requests. */
    @ParameterizedTest
    @MethodSource("io.holdfast.monitor.MonitorBench#ownedTopics")
    void setsAsideWhatIsBrokenOnEveryTopicButThoseOfRequestsAndGoesOn(Topic topic) {
        monitor.receiveBytes(topic, Map.of("their", "own", "ce_type", "component-status.v1"), "{");

        assertThat(monitor.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("key");
            assertThat(((Received.Broken) letter.value()).original().data())
                    .isEqualTo("{".getBytes(StandardCharsets.UTF_8));
            assertThat(Stream.of(letter.headers().toArray()).map(Header::key))
                    .containsExactlyInAnyOrder("their", "ce_type", LaidAside.TOPIC, LaidAside.REASON);
            assertThat(text(letter.headers(), LaidAside.TOPIC)).isEqualTo(topic.name());
        });
        protectedSince(START);
        monitor.pass(TICK);
        assertThat(subjects(monitor.alerts())).containsExactly("dead-letter/" + topic);
        assertThat(monitor.statuses()).isNotEmpty();
    }

    @Test
    void setsAsideNothingASecondTimeThatSomebodyWroteToTheDeadLetters() {
        monitor.receiveBytes(Topics.DEAD_LETTERS, Map.of(), "{");
        monitor.pass(TICK);

        assertThat(monitor.deadLetters()).isEmpty();
        assertThat(subjects(monitor.alerts())).containsExactly("dead-letter/unknown");
    }

    @Test
    void believesNoRecordThatClaimsToComeFromElsewhere() {
        monitor.receiveBytes(Topics.BACKUPS, Map.of(LaidAside.TOPIC, "holdfast.plan"), "{");

        assertThat(text(monitor.deadLetters().getFirst().headers(), LaidAside.TOPIC))
                .isEqualTo("holdfast.backups");
    }

    @Test
    void raisesOneAlertPerTopicOfDeadLettersAndClearsItADayAfterTheLast() {
        var from = Map.of(LaidAside.TOPIC, "holdfast.requests.home", LaidAside.REASON, "no\nJSON");
        monitor.receiveBytes(Topics.DEAD_LETTERS, from, "{");
        monitor.pass(TICK);
        monitor.receiveBytes(Topics.DEAD_LETTERS, from, "[");
        monitor.pass(TICK);
        assertThat(monitor.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.subject()).isEqualTo("dead-letter/holdfast.requests.home");
            assertThat(((AlertRaised) alert).message()).contains("the last one: no JSON");
        });
        assertThat(monitor.deadLetters()).isEmpty();

        monitor = monitor.restarted(state.resolve("second"));
        monitor.pass(Duration.ofHours(25));
        assertThat(monitor.alerts()).singleElement().isInstanceOf(AlertCleared.class);
    }

    @Test
    void skipsAndCountsEventsItDoesNotKnow() {
        var later = Map.of("ce_type", "backup-paused.v1", "ce_id", "1", "ce_source", "/x", "ce_time", START.toString());
        monitor.receiveBytes(Topics.BACKUPS, later, "{}");
        monitor.receiveBytes(Topics.BACKUPS, later, "{}");
        monitor.receiveBytes(Topics.HEARTBEATS, later, "{}");
        monitor.receiveBytes(Topics.DEAD_LETTERS, later, "{}");

        assertThat(monitor.deadLetters()).isEmpty();
        assertThat(monitor.statuses()).isEmpty();
        assertThat(monitor.unknown()).isEqualTo(Map.of("holdfast.backups", 2.0, "holdfast.heartbeats", 1.0));
    }

    @Test
    void changesItsDeployedShapeOnlyOnPurpose() throws Exception {
        assertThat(MonitorBench.topology().describe().toString())
                .isEqualToNormalizingWhitespace(
                        Files.readString(Path.of("src/test/resources/topology/monitoring.txt")));
    }

    private void protectedSince(Instant at) {
        monitor.receive(planned());
        monitor.receive(taken(1, at, 5_000));
        monitor.receive(replicated(1, at));
    }

    private static List<String> subjects(List<AlertEvent> alerts) {
        return alerts.stream().map(AlertEvent::subject).toList();
    }

    private static String text(org.apache.kafka.common.header.Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
