package io.holdfast.notifier;

import static io.holdfast.notifier.Given.START;
import static io.holdfast.notifier.Given.SUBJECT;
import static io.holdfast.notifier.Given.cleared;
import static io.holdfast.notifier.Given.escalation;
import static io.holdfast.notifier.Given.raised;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.IncidentEvent.IncidentAcknowledged;
import io.holdfast.events.IncidentEvent.IncidentEscalated;
import io.holdfast.events.IncidentEvent.IncidentOpened;
import io.holdfast.events.IncidentEvent.IncidentResolved;
import io.holdfast.events.IncidentId;
import io.holdfast.events.NoticeEvent.NoticeRequested;
import io.holdfast.events.PlanRecord.EscalationPlanned;
import io.holdfast.events.PlanRecord.Level;
import io.holdfast.events.PlanRecord.Retired;
import io.holdfast.events.Received;
import io.holdfast.events.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifierTopologyTest {

    @TempDir
    private Path state;

    private NotifierBench notifier;

    @BeforeEach
    void start() {
        notifier = new NotifierBench(state.resolve("first"), START);
    }

    @AfterEach
    void stop() {
        notifier.close();
    }

    @Test
    void opensAnIncidentAndTellsTheFirstLevelAtOnce() {
        notifier.receive(escalation());
        notifier.receive(raised());

        assertThat(notifier.incidents()).singleElement().isInstanceOfSatisfying(IncidentOpened.class, opened -> {
            assertThat(opened.subject()).isEqualTo(SUBJECT);
            assertThat(opened.incident().value()).startsWith("inc-freshness-shop-db-");
        });
        assertThat(notifier.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.address()).isEqualTo("first@example.org");
            assertThat(notice.level()).isEqualTo(1);
            assertThat(notice.title()).isEqualTo("[INCIDENT] CRITICAL: shop/db has had no good backup for 26 h.");
            assertThat(notice.body())
                    .contains(
                            "- Severity: CRITICAL",
                            "- Start time: 2026-11-01T01:59:00Z",
                            "Safe: the one before.",
                            "To do: run a backup.",
                            "holdfast ack " + notice.incident(),
                            "- Next update: 2026-11-01T02:30:00Z, to level 2 as well",
                            "- Ada (on call): first@example.org, +49 1");
        });
    }

    @Test
    void opensAndTellsOnceHoweverOftenTheAlertComes() {
        notifier.receive(escalation());
        var alert = notifier.receive(raised());
        notifier.receive(alert);
        assertThat(notifier.incidents()).hasSize(1);
        assertThat(notifier.notices()).hasSize(1);

        notifier = notifier.restarted(state.resolve("second"));
        notifier.receive(alert);

        assertThat(notifier.incidents()).isEmpty();
        assertThat(notifier.notices()).isEmpty();
    }

    @Test
    void escalatesLevelByLevelAndThenReminds() {
        notifier.receive(escalation());
        notifier.receive(raised());
        notifier.incidents();
        notifier.notices();

        notifier.pass(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(notifier.notices()).isEmpty();
        notifier.pass(Duration.ofSeconds(10));
        assertThat(addresses()).containsExactly("second@example.org", "third@example.org");
        notifier.pass(Duration.ofHours(1));
        assertThat(addresses()).containsExactly("first@example.org", "boss@example.org");
        assertThat(notifier.incidents())
                .extracting(event -> ((IncidentEscalated) event).level())
                .containsExactly(2, 3);

        notifier.pass(Duration.ofHours(2));
        List<NoticeRequested> reminders = notifier.notices();
        notifier.pass(Duration.ofHours(2));
        reminders = new ArrayList<>(reminders);
        reminders.addAll(notifier.notices());

        assertThat(reminders).hasSize(4).extracting(NoticeRequested::notice).doesNotHaveDuplicates();
        assertThat(reminders.getLast().title()).startsWith("[REMINDER 2]");
        assertThat(notifier.incidents()).isEmpty();
    }

    @Test
    void timersSurviveARestart() {
        notifier.receive(escalation());
        notifier.receive(raised());
        notifier.pass(Duration.ofMinutes(20));
        notifier = notifier.restarted(state.resolve("second"));
        notifier.pass(Duration.ofMinutes(10));

        assertThat(addresses()).containsExactly("second@example.org", "third@example.org");
    }

    @Test
    void acknowledgingStopsTheEscalation() {
        notifier.receive(escalation());
        notifier.receive(raised());
        IncidentId incident = notifier.incidents().getFirst().incident();
        notifier.notices();

        notifier.receive(new IncidentAcknowledged(incident, SUBJECT, "ada", notifier.now()));
        notifier.incidents();
        notifier.pass(Duration.ofDays(1));
        assertThat(notifier.notices()).isEmpty();

        notifier.receive(cleared(notifier.now()));
        assertThat(notifier.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.title()).startsWith("[RESOLVED] CRITICAL: shop/db");
            assertThat(notice.body())
                    .contains("Acknowledged: by ada at 2026-11-01T02:00:00Z", "shop/db is fresh again.");
        });
    }

    @Test
    void anAcknowledgementOfAnotherIncidentChangesNothing() {
        notifier.receive(escalation());
        notifier.receive(raised());
        notifier.receive(new IncidentAcknowledged(new IncidentId("inc-other"), SUBJECT, "ada", notifier.now()));
        notifier.notices();
        notifier.pass(Duration.ofMinutes(30));

        assertThat(notifier.notices()).hasSize(2);
    }

    @Test
    void tellsEveryoneWhoWasToldThatItIsOver() {
        notifier.receive(escalation());
        notifier.receive(raised());
        notifier.pass(Duration.ofMinutes(30));
        notifier.incidents();
        notifier.notices();

        notifier.receive(cleared(notifier.now()));
        notifier.receive(cleared(notifier.now()));
        notifier.pass(Duration.ofDays(1));

        assertThat(notifier.incidents()).singleElement().isInstanceOf(IncidentResolved.class);
        assertThat(addresses()).containsExactly("first@example.org", "second@example.org", "third@example.org");
    }

    @Test
    void theSameTroubleLaterIsAnotherIncident() {
        notifier.receive(escalation());
        notifier.receive(raised());
        notifier.receive(cleared(notifier.now()));
        List<NoticeRequested> before = notifier.notices();
        notifier.pass(Duration.ofHours(1));
        notifier.receive(raised());

        assertThat(notifier.notices())
                .singleElement()
                .satisfies(notice ->
                        assertThat(before).extracting(NoticeRequested::notice).doesNotContain(notice.notice()));
    }

    @Test
    void opensWithNobodyToTellAndTellsOnceAPlanNamesSomeone() {
        notifier.receive(raised());
        assertThat(notifier.incidents()).hasSize(1);
        assertThat(notifier.notices()).isEmpty();

        notifier.receive(escalation(1, List.of(new Level(1, Duration.ofMinutes(30), List.of()))));
        assertThat(notifier.notices()).isEmpty();
        notifier.receive(escalation());
        notifier.receive(escalation());

        assertThat(addresses()).containsExactly("first@example.org");
    }

    @Test
    void keepsThePathItOpenedWith() {
        notifier.receive(escalation());
        notifier.receive(raised());
        notifier.notices();
        notifier.receive(escalation(2, List.of(new Level(1, Duration.ofMinutes(1), List.of("new@example.org")))));
        notifier.pass(Duration.ofMinutes(30));

        assertThat(addresses()).containsExactly("second@example.org", "third@example.org");
    }

    @Test
    void aRetiredEscalationTellsNobody() {
        notifier.receive(escalation());
        notifier.receive(new Retired(EscalationPlanned.KEY, 2));
        notifier.receive(raised());

        assertThat(notifier.incidents()).hasSize(1);
        assertThat(notifier.notices()).isEmpty();
    }

    @Test
    void skipsWhatItCannotRead() {
        notifier.receiveBytes(Topics.ALERTS, Map.of(), "{");
        notifier.receive(escalation());
        notifier.receive(raised());

        assertThat(notifier.notices()).hasSize(1);
    }

    @Test
    void sendsThePathToEveryTaskAndASubjectToItsOwn() {
        var partitioner = new PathEverywhere();
        var any = new Received.Broken("", new Received.Original(Map.of(), new byte[0]));

        assertThat(partitioner.partitions("topic", EscalationPlanned.KEY, any, 3))
                .hasValue(Set.of(0, 1, 2));
        assertThat(partitioner.partitions("topic", SUBJECT, any, 3)).isEmpty();
    }

    @Test
    void changesItsDeployedShapeOnlyOnPurpose() throws Exception {
        assertThat(NotifierBench.topology(state).describe().toString())
                .isEqualToNormalizingWhitespace(Files.readString(Path.of("src/test/resources/topology/notifying.txt")));
    }

    private List<String> addresses() {
        return notifier.notices().stream().map(NoticeRequested::address).toList();
    }
}
