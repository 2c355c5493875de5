package io.holdfast.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.terminal.Json;
import io.holdfast.events.Envelope;
import io.holdfast.events.EventCodec;
import io.holdfast.events.IncidentEvent.IncidentResolved;
import io.holdfast.events.IncidentId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventLineTest {

    private static final Instant AT = Instant.parse("2026-11-21T13:00:00Z");
    private static final Envelope RESOLVED = new Envelope(
            "e-1",
            "/central/notifier",
            AT,
            "c-1",
            new IncidentResolved(new IncidentId("i-1"), "rag/redis", "fresh again", AT));

    private static EventLine line(Map<String, String> headers, byte @Nullable [] value) {
        var all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(StandardCharsets.UTF_8)));
        return EventLine.of(new ConsumerRecord<>(
                "holdfast.incidents",
                2,
                7,
                AT.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                3,
                0,
                "rag/redis".getBytes(StandardCharsets.UTF_8),
                value,
                all,
                Optional.empty()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void showsAnEventOnOneLine() {
        EventLine line = line(EventCodec.headers(RESOLVED), EventCodec.data(RESOLVED));
        assertThat(line.text(ZoneId.of("Europe/Berlin")))
                .startsWith("2026-11-21 14:00:00 +01:00  incidents  incident-resolved.v1  rag/redis  {")
                .contains("\"i-1\"");
        assertThat(Json.line(line))
                .contains("\"correlation\":\"c-1\"", "\"topic\":\"holdfast.incidents\"", "\"offset\":7");
    }

    @Test
    void showsFieldsThatThisVersionDoesNotKnow() {
        String data = new String(EventCodec.data(RESOLVED), StandardCharsets.UTF_8);
        EventLine line = line(EventCodec.headers(RESOLVED), utf8(data.replaceFirst("\\{", "{\"added\":1,")));
        assertThat(line.known()).isTrue();
        assertThat(line.text(ZoneId.of("UTC"))).contains("\"added\":1");
    }

    @Test
    void showsUnknownAndBrokenAndForgottenOnesAsSuch() {
        EventLine unknown = line(Map.of("ce_type", "new.v1", "ce_id", "x"), utf8("{\"a\":1}"));
        assertThat(unknown.text(ZoneId.of("UTC"))).contains("new.v1 (unknown type)", "{\"a\":1}");
        EventLine broken = line(Map.of(), utf8("no \u001b[2J JSON"));
        assertThat(broken.type()).isEqualTo("broken");
        assertThat(broken.problem()).isNotBlank();
        assertThat(broken.text(ZoneId.of("UTC"))).doesNotContain("\u001b");
        assertThat(line(Map.of(), null).type()).isEqualTo("deleted");
    }
}
