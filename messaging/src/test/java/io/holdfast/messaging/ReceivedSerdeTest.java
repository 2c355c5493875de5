package io.holdfast.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.AlertEvent.AlertCleared;
import io.holdfast.events.Envelope;
import io.holdfast.events.Received;
import io.holdfast.events.Topics;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class ReceivedSerdeTest {

    private static final String TOPIC = Topics.ALERTS.name();
    private static final Instant AT = Instant.parse("2026-11-21T02:00:00Z");
    private static final Envelope CLEARED = new Envelope(
            "id-1",
            "/central/monitor-service",
            AT,
            "papers-20261121T010000Z",
            new AlertCleared("freshness/papers/documents", "fresh again", AT));

    private final Serializer<Received> writer = new ReceivedSerde().serializer();
    private final Deserializer<Received> reader = new ReceivedSerde().deserializer();

    @Test
    void readsTheEventItWroteWithItsContext() {
        Headers headers = new RecordHeaders();

        byte[] data = writer.serialize(TOPIC, headers, new Received.Known(CLEARED));

        assertThat(reader.deserialize(TOPIC, headers, data)).isEqualTo(new Received.Known(CLEARED));
        assertThat(text(headers, "ce_type")).isEqualTo("alert-cleared.v1");
        assertThat(text(headers, "ce_subject")).isEqualTo("freshness/papers/documents");
    }

    @Test
    void replacesTheContextOfTheRecordThatAnEventWasMadeFrom() {
        Headers headers = new RecordHeaders();
        headers.add("ce_id", "of another event".getBytes(UTF_8)).add("ce_type", "alert-raised.v1".getBytes(UTF_8));

        writer.serialize(TOPIC, headers, new Received.Known(CLEARED));

        assertThat(headers.headers("ce_id")).hasSize(1);
        assertThat(text(headers, "ce_id")).isEqualTo("id-1");
        assertThat(text(headers, "ce_type")).isEqualTo("alert-cleared.v1");
    }

    @Test
    void handsOnWhatIsBrokenAsItCame() {
        byte[] bytes = {0, (byte) 0xff, 3};
        Headers came = new RecordHeaders();
        came.add("ce_type", "alert-cleared.v1".getBytes(UTF_8)).add("trace", new byte[] {9});

        Received received = reader.deserialize(TOPIC, came, bytes);
        Headers sent = new RecordHeaders();
        byte[] handedOn = writer.serialize(TOPIC, sent, received);

        assertThat(received).isInstanceOf(Received.Broken.class);
        assertThat(handedOn).isEqualTo(bytes);
        assertThat(sent.toArray()).containsExactlyInAnyOrder(came.toArray());
    }

    @Test
    void handsOnAnEventOfALaterVersionAsItCame() {
        byte[] bytes = "{\"later\":true}".getBytes(UTF_8);
        Headers came = new RecordHeaders();
        came.add("ce_type", "alert-cleared.v2".getBytes(UTF_8)).add("ce_id", "id-2".getBytes(UTF_8));

        Received received = reader.deserialize(TOPIC, came, bytes);
        Headers sent = new RecordHeaders();

        assertThat(received).isInstanceOf(Received.Unknown.class);
        assertThat(writer.serialize(TOPIC, sent, received)).isEqualTo(bytes);
        assertThat(sent.toArray()).containsExactlyInAnyOrder(came.toArray());
    }

    @Test
    void doesNotLetARecordSayWhyItWasSetAside() {
        Headers sent = new RecordHeaders();
        sent.add(LaidAside.REASON, "the true reason".getBytes(UTF_8));
        var forged = new Received.Original(Map.of(LaidAside.REASON, "all is well".getBytes(UTF_8)), new byte[] {1});

        writer.serialize(Topics.DEAD_LETTERS.name(), sent, new Received.Broken("no JSON", forged));

        assertThat(sent.headers(LaidAside.REASON)).hasSize(1);
        assertThat(text(sent, LaidAside.REASON)).isEqualTo("the true reason");
    }

    @Test
    void readsAMessageTypedByHand() {
        byte[] message = """
                {"type":"alert-cleared.v1","id":"by-hand","source":"/operators/console","time":"2026-11-21T02:00:00Z",
                 "data":{"subject":"freshness/papers/documents","message":"fresh again","at":"2026-11-21T02:00:00Z"}}
                """.getBytes(UTF_8);

        assertThat(reader.deserialize(TOPIC, new RecordHeaders(), message))
                .isInstanceOfSatisfying(
                        Received.Known.class,
                        known -> assertThat(known.envelope().event()).isEqualTo(CLEARED.event()));
        assertThat(reader.deserialize(TOPIC, message)).isInstanceOf(Received.Known.class);
    }

    @Test
    void survivesHeadersWithoutAValue() {
        Headers headers = new RecordHeaders();
        headers.add("ce_type", null);

        assertThat(reader.deserialize(TOPIC, headers, new byte[] {'{', '}'})).isInstanceOf(Received.Broken.class);
    }

    @Test
    void leavesTombstonesAlone() {
        Headers headers = new RecordHeaders();

        assertThat(reader.deserialize(TOPIC, headers, (byte[]) null)).isNull();
        assertThat(writer.serialize(TOPIC, headers, null)).isNull();
        assertThat(headers.toArray()).isEmpty();
    }

    @Test
    void refusesToWriteAnEventWhereItsContextWouldBeLost() {
        assertThatThrownBy(() -> writer.serialize(TOPIC, new Received.Known(CLEARED)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }
}
