package io.holdfast.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.AlertEvent.AlertCleared;
import io.holdfast.events.BackupEvent.BackupAccepted;
import io.holdfast.events.BackupEvent.BackupStarted;
import io.holdfast.events.BackupId;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request.ManifestRequested;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncerTest {

    private static final Instant AT = Instant.parse("2026-11-21T02:00:00Z");
    private static final String SOURCE = "/central/monitor-service";
    private static final String CORRELATION = "papers-20261121T010000Z";
    private static final Event CLEARED = new AlertCleared("freshness/papers/documents", "fresh again", AT);

    private final Published published = new Published();
    private final Announcer announcer = announcer(SOURCE, AT);

    @Test
    void givesAnEventTheSameIdHoweverOftenAndWheneverItIsSaid() {
        Announcer afterARestart = announcer(SOURCE, AT.plus(Duration.ofHours(1)));

        assertThat(announcer.envelope(CLEARED, CORRELATION).id())
                .isEqualTo(announcer.envelope(CLEARED, CORRELATION).id())
                .isEqualTo(afterARestart.envelope(CLEARED, CORRELATION).id())
                .isNotBlank();
    }

    @Test
    void givesAnotherEventAnotherId() {
        String id = announcer.envelope(CLEARED, CORRELATION).id();
        Event later = new AlertCleared("freshness/papers/documents", "fresh again", AT.plusMillis(1));
        Event elsewhere = new AlertCleared("freshness/papers/index", "fresh again", AT);

        assertThat(List.of(
                        id,
                        announcer.envelope(later, CORRELATION).id(),
                        announcer.envelope(elsewhere, CORRELATION).id(),
                        announcer("/sites/harbour/upload-service", AT)
                                .envelope(CLEARED, CORRELATION)
                                .id()))
                .doesNotHaveDuplicates();
    }

    @Test
    void keepsApartEventsOfTwoTypesThatSayTheSame() {
        var component = new ComponentId("papers", "documents");
        var point = new RecoveryPointId(CORRELATION);
        BackupId backup = BackupId.of(component, point);
        Event accepted = new BackupAccepted(component, backup, 1, point, "harbour");
        Event started = new BackupStarted(component, backup, 1, point, "harbour");

        assertThat(announcer.envelope(accepted, CORRELATION).id())
                .isNotEqualTo(announcer.envelope(started, CORRELATION).id());
    }

    @Test
    void saysWhoWhenAndInWhichConnection() {
        assertThat(announcer.envelope(CLEARED, CORRELATION)).satisfies(envelope -> {
            assertThat(envelope.source()).isEqualTo(SOURCE);
            assertThat(envelope.time()).isEqualTo(AT);
            assertThat(envelope.correlation()).isEqualTo(CORRELATION);
            assertThat(envelope.event()).isEqualTo(CLEARED);
        });
    }

    @Test
    void announcesAFactOnItsOwnTopic() {
        announcer.announce(CLEARED, CORRELATION);

        assertThat(published.records)
                .containsExactly(new Published.Sent(Topics.ALERTS, announcer.envelope(CLEARED, CORRELATION)));
    }

    @Test
    void sendsARequestOnlyWhereItsCallerSays() {
        Event request = new ManifestRequested(
                "papers", new RecoveryPointId(CORRELATION), true, null, AT, List.of(), List.of(), AT.plusSeconds(900));

        assertThatThrownBy(() -> announcer.announce(request, CORRELATION)).isInstanceOf(IllegalArgumentException.class);
        announcer.publish(Topics.requests("harbour"), request, CORRELATION);

        assertThat(published.records)
                .hasSize(1)
                .first()
                .satisfies(record -> assertThat(record.topic()).hasToString("holdfast.requests.harbour"));
    }

    private Announcer announcer(String source, Instant now) {
        return new Announcer(published, source, Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Keeps what was published. */
    private static final class Published implements EventPublisher {

        private final List<Sent> records = new ArrayList<>();

        @Override
        public void publish(Topic topic, Envelope envelope) {
            records.add(new Sent(topic, envelope));
        }

        private record Sent(Topic topic, Envelope envelope) {}
    }
}
