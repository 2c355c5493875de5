package io.holdfast.notifier;

import static io.holdfast.notifier.Given.notice;
import static io.holdfast.notifier.Given.server;
import static io.holdfast.notifier.Given.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.Envelope;
import io.holdfast.events.NoticeEvent;
import io.holdfast.events.NoticeEvent.NoticeFailed;
import io.holdfast.events.NoticeEvent.NoticeRequested;
import io.holdfast.events.NoticeEvent.NoticeSent;
import io.holdfast.events.PlanRecord.MailServer;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.BrokerUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmanTest {

    @TempDir
    private Path state;

    private final MovingClock clock = new MovingClock();
    private final List<NoticeRequested> sent = new ArrayList<>();
    private final List<Envelope> announced = new ArrayList<>();
    private Delivery delivery = new Delivery.Delivered();
    private Optional<MailServer> planned = Optional.of(server(25, false, null, null));
    private @Nullable RuntimeException brokerTrouble;
    private Outbox outbox;
    private Postman postman;

    @BeforeEach
    void start() {
        outbox = Outbox.open(state);
        postman = new Postman(
                outbox,
                () -> planned,
                this::send,
                new Announcer((_, envelope) -> announce(envelope), "/test", clock),
                clock,
                settings(state));
    }

    @AfterEach
    void stop() throws IOException {
        outbox.close();
    }

    @Test
    void sendsOnceAndSaysSo() {
        accept(notice("n1"));
        postman.round();
        assertThat(accept(notice("n1"))).isFalse();
        postman.round();

        assertThat(sent).hasSize(1);
        assertThat(events()).singleElement().isInstanceOf(NoticeSent.class);
        assertThat(announced.getFirst().correlation()).isEqualTo("correlation");
    }

    @Test
    void remembersWhatWasSentAfterARestart() throws IOException {
        accept(notice("n1"));
        postman.round();
        restart();

        assertThat(accept(notice("n1"))).isFalse();
        postman.round();
        assertThat(sent).hasSize(1);
    }

    @Test
    void keepsWhatWaitsOverARestart() throws IOException {
        accept(notice("n1"));
        restart();
        postman.round();

        assertThat(sent).hasSize(1);
    }

    @Test
    void sendsWithTheSameIdAfterACrashBetweenSendingAndRemembering() throws IOException {
        accept(notice("n1"));
        dieOnce = true;
        assertThatThrownBy(postman::round).isInstanceOf(Killed.class);
        restart();
        postman.round();

        assertThat(sent)
                .hasSize(2)
                .extracting(NoticeRequested::notice)
                .containsOnly(notice("n1").notice());
        assertThat(events()).singleElement().isInstanceOf(NoticeSent.class);
    }

    @Test
    void announcesButDoesNotSendAgainWhenTheBrokerWasAway() throws IOException {
        accept(notice("n1"));
        brokerTrouble = new BrokerUnavailable("away", null);
        postman.round();
        assertThat(events()).isEmpty();
        restart();
        brokerTrouble = null;
        postman.round();

        assertThat(sent).hasSize(1);
        assertThat(events()).singleElement().isInstanceOf(NoticeSent.class);
        assertThat(outbox.waiting()).isEmpty();
    }

    @Test
    void triesAgainAfterGrowingPausesAndReportsTheTroubleOnce() {
        accept(notice("n1"));
        accept(notice("n2"));
        delivery = new Delivery.Postponed("HF-N03", "away", true);
        postman.round();
        postman.round();
        assertThat(sent).hasSize(1);
        clock.pass(Duration.ofSeconds(5));
        postman.round();
        assertThat(sent).hasSize(2);
        clock.pass(Duration.ofSeconds(5));
        postman.round();
        assertThat(sent).hasSize(2);
        delivery = new Delivery.Delivered();
        clock.pass(Duration.ofSeconds(5));
        postman.round();

        assertThat(sent).hasSize(4);
        assertThat(events())
                .satisfiesExactly(
                        failed ->
                                assertThat(((NoticeFailed) failed).permanent()).isFalse(),
                        first -> assertThat(first).isInstanceOf(NoticeSent.class),
                        second -> assertThat(second).isInstanceOf(NoticeSent.class));
    }

    @Test
    void oneAddressThatMustWaitHoldsUpNoOther() {
        accept(notice("n1"));
        delivery = new Delivery.Postponed("HF-N03", "try later", false);
        postman.round();
        accept(notice("n2"));
        delivery = new Delivery.Delivered();
        postman.round();

        assertThat(sent).extracting(notice -> notice.notice().value()).containsExactly("n1", "n2");
    }

    @Test
    void givesUpWhatIsRefusedForGood() {
        accept(notice("n1"));
        delivery = new Delivery.Refused("HF-N04", "no such user");
        postman.round();
        postman.round();

        assertThat(sent).hasSize(1);
        assertThat(events())
                .singleElement()
                .satisfies(failed ->
                        assertThat(((NoticeFailed) failed).permanent()).isTrue());
    }

    @Test
    void waitsForAPlanWithAMailServer() {
        planned = Optional.empty();
        accept(notice("n1"));
        postman.round();
        assertThat(events())
                .singleElement()
                .satisfies(failed -> assertThat(((NoticeFailed) failed).code()).isEqualTo("HF-N01"));

        planned = Optional.of(server(25, false, null, null));
        postman.serverChanged();
        postman.round();
        assertThat(sent).hasSize(1);
    }

    @Test
    void doesNotSendNewsThatAreOld() {
        clock.pass(Duration.ofDays(8));
        accept(notice("n1"));
        postman.round();

        assertThat(sent).isEmpty();
        assertThat(events())
                .singleElement()
                .satisfies(failed -> assertThat(((NoticeFailed) failed).code()).isEqualTo("HF-N06"));
    }

    @Test
    void neverDropsWhatWaitsForAServerHoweverLong() {
        accept(notice("n1"));
        delivery = new Delivery.Postponed("HF-N03", "away", true);
        postman.round();
        clock.pass(Duration.ofDays(9));
        delivery = new Delivery.Delivered();
        postman.round();

        assertThat(sent).hasSize(2);
        assertThat(events()).last().isInstanceOf(NoticeSent.class);
    }

    @Test
    void forgetsWhatWasSentLongAgoOnly() {
        accept(notice("n1"));
        postman.round();
        outbox.forget(Instant.now().minusSeconds(60));
        assertThat(accept(notice("n1"))).isFalse();
        outbox.forget(Instant.now().plusSeconds(60));
        assertThat(accept(notice("n1"))).isTrue();
    }

    @Test
    void aNoticeThatCannotBeReadHoldsUpNoOther() throws IOException {
        accept(notice("n1"));
        Files.writeString(state.resolve("waiting").resolve("broken"), "{");
        restart();
        postman.round();

        assertThat(sent).hasSize(1);
        assertThat(state.resolve("waiting").resolve("broken")).exists();
    }

    @Test
    void refusesADirectoryThatIsInUse() {
        assertThatThrownBy(() -> Outbox.open(state)).hasMessageStartingWith("HF-N07 The notifier's state directory");
    }

    private boolean dieOnce;

    private Delivery send(MailServer server, NoticeRequested notice) {
        sent.add(notice);
        if (dieOnce) {
            dieOnce = false;
            throw new Killed();
        }
        return delivery;
    }

    private void announce(Envelope envelope) {
        if (brokerTrouble != null) {
            throw brokerTrouble;
        }
        announced.add(envelope);
    }

    private boolean accept(NoticeRequested notice) {
        return outbox.accept(new Waiting(notice, "correlation", clock.instant()));
    }

    private List<NoticeEvent> events() {
        return announced.stream()
                .map(envelope -> (NoticeEvent) envelope.event())
                .toList();
    }

    private void restart() throws IOException {
        outbox.close();
        start();
    }

    /** The process dies here. */
    private static final class Killed extends Error {}
}
