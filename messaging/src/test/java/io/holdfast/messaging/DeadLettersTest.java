package io.holdfast.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.AlertEvent.AlertCleared;
import io.holdfast.events.Envelope;
import io.holdfast.events.Received;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final Received.Original ORIGINAL = new Received.Original(Map.of(), new byte[] {1});

    @Test
    void setsARecordAsideWithItsOriginAndTheReason() {
        var sent = new ArrayList<ProducerRecord<String, Received>>();
        var broken = new Received.Broken("no JSON", ORIGINAL);

        new DeadLetters(sent::add).setAside("holdfast.backups", "shop/db", broken);

        ProducerRecord<String, Received> record = sent.getFirst();
        assertThat(record.topic()).isEqualTo("holdfast.dead-letters");
        assertThat(record.key()).isEqualTo("shop/db");
        assertThat(record.value()).isEqualTo(broken);
        assertThat(new String(record.headers().lastHeader(LaidAside.TOPIC).value(), StandardCharsets.UTF_8))
                .isEqualTo("holdfast.backups");
        assertThat(new String(record.headers().lastHeader(LaidAside.REASON).value(), StandardCharsets.UTF_8))
                .isEqualTo("no JSON");
    }

    @Test
    void tellsWhatIsBrokenAboutARecord() {
        assertThat(DeadLetters.reason(new Received.Broken("the field 'due' is missing", ORIGINAL)))
                .isEqualTo("the field 'due' is missing");
    }

    @Test
    void namesTheTypeThatIsNotKnown() {
        assertThat(DeadLetters.reason(new Received.Unknown("id-1", "backup-requested.v9", ORIGINAL)))
                .isEqualTo("the event type 'backup-requested.v9' is not known");
    }

    @Test
    void namesTheEventThatCameToTheWrongTopic() {
        Instant at = Instant.parse("2026-11-21T02:00:00Z");
        var envelope = new Envelope("id-1", "/test", at, "id-1", new AlertCleared("subject", "well", at));

        assertThat(DeadLetters.reason(new Received.Known(envelope)))
                .isEqualTo("the event id-1, alert-cleared.v1, is not for this topic");
    }
}
