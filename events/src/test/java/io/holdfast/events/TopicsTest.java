package io.holdfast.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    @ParameterizedTest
    @CsvSource({
        "plan-published.v1, holdfast.plan",
        "component-planned.v1, holdfast.plan",
        "snapshot-taken.v1, holdfast.backups",
        "recovery-point-completed.v1, holdfast.backups",
        "snapshot-replicated.v1, holdfast.replicas",
        "restore-failed.v1, holdfast.restores",
        "component-catalogued.v1, holdfast.catalogue",
        "component-status.v1, holdfast.status",
        "alert-raised.v1, holdfast.alerts",
        "incident-opened.v1, holdfast.incidents",
        "notice-sent.v1, holdfast.notices",
        "action-audited.v1, holdfast.audit",
        "service-alive.v1, holdfast.heartbeats",
        "backup-progressed.v1, holdfast.progress",
        "recovery-point-requested.v1, holdfast.requests.central",
    })
    void knowsTheTopicOfAnEvent(String wireName, String topic) {
        assertThat(Topics.of(Approved.of(wireName).event())).hasToString(topic);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup-requested.v1", "manifest-requested.v1", "restore-requested.v1"})
    void leavesTheSiteOfARequestToItsSender(String wireName) {
        Event request = Approved.of(wireName).event();

        assertThatThrownBy(() -> Topics.of(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("site's own topic")
                .hasMessageContaining(request.key());
    }

    @ParameterizedTest
    @MethodSource("facts")
    void placesEveryFactOnATopicThatExistsFromTheStart(Approved fact) {
        assertThat(Topics.central()).contains(Topics.of(fact.event()));
    }

    static List<Approved> facts() {
        return Approved.all().stream()
                .filter(document -> !Request.class.isAssignableFrom(document.type()))
                .toList();
    }

    @Test
    void keepsTheLastRecordOfEachKeyOnTopicsThatStateHowThingsAre() {
        assertThat(Topics.central().stream().filter(topic -> topic.retention().isEmpty()))
                .containsExactly(Topics.PLAN, Topics.CATALOGUE, Topics.STATUS);
    }

    @Test
    void keepsRequestsAWeekFactsOverAYearAndSignsOfLifeADay() {
        assertThat(Topics.requests("harbour").retention()).contains(Duration.ofDays(7));
        assertThat(List.of(Topics.BACKUPS, Topics.REPLICAS, Topics.RESTORES, Topics.ALERTS, Topics.INCIDENTS))
                .allMatch(topic -> topic.retention().equals(Optional.of(Duration.ofDays(400))));
        assertThat(List.of(Topics.NOTICES, Topics.AUDIT, Topics.DEAD_LETTERS))
                .allMatch(topic -> topic.retention().equals(Optional.of(Duration.ofDays(400))));
        assertThat(List.of(Topics.HEARTBEATS, Topics.PROGRESS))
                .allMatch(topic -> topic.retention().equals(Optional.of(Duration.ofDays(1))));
    }

    @Test
    void boundsWhatStrangersMayFill() {
        assertThat(Topics.central().stream().filter(topic -> topic.mostBytes().isPresent()))
                .containsExactly(Topics.DEAD_LETTERS);
    }

    @Test
    void keepsThePlanAndRequestsInOneOrderAndSpreadsEverythingElse() {
        assertThat(Topics.PLAN.partitions()).isOne();
        assertThat(Topics.requests("harbour").partitions()).isOne();
        assertThat(Topics.requests(Topics.CENTRE).partitions()).isOne();
        assertThat(Topics.central().stream()
                        .filter(topic ->
                                !topic.equals(Topics.PLAN) && !topic.name().startsWith("holdfast.requests."))
                        .map(Topic::partitions))
                .containsOnly(6);
    }

    @Test
    void namesNoTopicTwice() {
        assertThat(Topics.central()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Harbour", "har bour", "../plan", "a.b", "-a"})
    void refusesASiteThatWouldMakeAnotherTopic(String site) {
        assertThatThrownBy(() -> Topics.requests(site))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("site '%s'".formatted(site));
    }
}
