package io.holdfast.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class EventCodecTest {

    private static final Instant TIME = Instant.parse("2026-11-21T09:30:00Z");
    private static final Approved RESTORE = Approved.of("restore-requested.v1");

    private static final String TYPED_BY_HAND = """
            {"specversion":"1.0","type":"restore-requested.v1","id":"by-hand-1","source":"/operators/console",
             "time":"2026-11-21T09:30:00Z","data":{"restore":"restore-by-hand-1","stack":"papers",
             "components":["documents"],"which":"latest","targetDirectory":"/srv/restored",
             "requestedBy":"operator","reason":"documents were deleted","expires":"2026-11-21T09:45:00Z"}}
            """;

    @Test
    void writesTheContextAsHeadersAndTheEventAsData() {
        Envelope envelope = envelope(RESTORE.event());

        assertThat(EventCodec.headers(envelope))
                .containsOnly(
                        Map.entry("ce_specversion", "1.0"),
                        Map.entry("ce_id", "id-1"),
                        Map.entry("ce_source", "/central/console"),
                        Map.entry("ce_type", "restore-requested.v1"),
                        Map.entry("ce_time", "2026-11-21T09:30:00Z"),
                        Map.entry("ce_subject", "papers"),
                        Map.entry("ce_correlationid", "restore-20261121-1"),
                        Map.entry("content-type", "application/json"));
        assertThat(EventJson.tree(EventCodec.data(envelope))).isEqualTo(RESTORE.json());
    }

    @Test
    void readsWhatItWrote() {
        Envelope envelope = envelope(RESTORE.event());

        assertThat(EventCodec.read(bytes(EventCodec.headers(envelope)), EventCodec.data(envelope)))
                .isEqualTo(new Received.Known(envelope));
    }

    @Test
    void readsARequestTypedIntoAConsoleProducer() {
        assertThat(EventCodec.read(Map.of(), TYPED_BY_HAND.getBytes(UTF_8)))
                .isInstanceOfSatisfying(Received.Known.class, known -> {
                    assertThat(known.envelope().id()).isEqualTo("by-hand-1");
                    assertThat(known.envelope().source()).isEqualTo("/operators/console");
                    assertThat(known.envelope().correlation()).isEqualTo("by-hand-1");
                    assertThat(known.envelope().event())
                            .isInstanceOfSatisfying(
                                    Request.RestoreRequested.class,
                                    restore -> assertThat(restore.targetDirectory())
                                            .isEqualTo("/srv/restored"));
                });
    }

    @Test
    void readsTheRequestThatTheDocumentationShows() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "events.md"));
        String example =
                page.substring(page.indexOf("```json") + 7, page.indexOf("```\n", page.indexOf("```json") + 7));

        assertThat(example.strip()).doesNotContain("\n");
        assertThat(EventCodec.read(Map.of(), example.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Received.Known.class,
                        known -> assertThat(known.envelope().event()).isInstanceOf(Request.RestoreRequested.class));
    }

    @Test
    void takesTheCorrelationOfAStructuredMessage() {
        String message = TYPED_BY_HAND.replace("\"type\"", "\"correlationid\":\"drill-7\",\"type\"");

        assertThat(EventCodec.read(Map.of(), message.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Received.Known.class,
                        known -> assertThat(known.envelope().correlation()).isEqualTo("drill-7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "id", "source", "time"})
    void refusesAMessageWithoutAnAttribute(String attribute) {
        String message = TYPED_BY_HAND.replaceFirst("\"" + attribute + "\":", "\"other\":");

        assertBroken(message, "the CloudEvents attribute '%s' is missing".formatted(attribute));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhatIsWrongWithAMessage(String part, String replacement, String reason) {
        assertThat(TYPED_BY_HAND).contains(part);

        assertBroken(TYPED_BY_HAND.replace(part, replacement), reason);
    }

    static List<Arguments> mistakes() {
        return List.of(
                arguments("\"data\":{", "\"body\":{", "null"),
                arguments("2026-11-21T09:30:00Z", "yesterday", "'time' is no instant such as"),
                arguments("papers", "../../etc", "stack '../../etc' must be"),
                arguments("\"documents\"]", "\"a/b\"]", "component 'a/b' must be"),
                arguments("restore-by-hand-1", "../x", "'restore' is missing or wrong: restore id '../x' must be"),
                arguments("\"2026-11-21T09:45:00Z\"", "1795254300", "'expires' is missing or wrong"),
                arguments("\"latest\"", "[\"latest\"]", "'which' is missing or wrong"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "42", "\"text\"", "{", "restore everything, please", "{}{}"})
    void refusesWhatIsNoMessage(String text) {
        assertThat(EventCodec.read(Map.of(), text.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Received.Broken.class,
                        broken -> assertThat(broken.reason()).isNotBlank());
    }

    @Test
    void refusesAnEventWithoutAKey() {
        byte[] data = new String(Approved.of("alert-cleared.v1").bytes(), UTF_8)
                .replace("freshness/papers/documents/north", " ")
                .getBytes(UTF_8);

        assertThat(EventCodec.read(headers("alert-cleared.v1"), data))
                .isInstanceOfSatisfying(
                        Received.Broken.class,
                        broken -> assertThat(broken.reason()).isEqualTo("the event's key is empty"));
    }

    @Test
    void recognisesATypeOfALaterVersionAndKeepsItAsItCame() {
        Map<String, byte[]> headers = headers("backup-requested.v2");
        byte[] data = {1, 2, 3};

        assertThat(EventCodec.read(headers, data)).isInstanceOfSatisfying(Received.Unknown.class, unknown -> {
            assertThat(unknown.type()).isEqualTo("backup-requested.v2");
            assertThat(unknown.id()).isEqualTo("id-1");
            assertThat(unknown.original().headers()).isEqualTo(headers);
            assertThat(unknown.original().data()).isEqualTo(data);
        });
    }

    @Test
    void keepsWhatIsBrokenAsItCame() {
        Map<String, byte[]> headers = headers("backup-requested.v1");
        byte[] data = {(byte) 0xff, 0};

        assertThat(EventCodec.read(headers, data)).isInstanceOfSatisfying(Received.Broken.class, broken -> {
            assertThat(broken.original().headers()).isEqualTo(headers);
            assertThat(broken.original().data()).isEqualTo(data);
        });
    }

    @Test
    void neitherWritesNorReadsAnEventAboveTheLimit() {
        String text = "x".repeat(EventCodec.MOST_BYTES);
        Event large = new PlanRecord.PlanPublished(2, 1, text, "operator");

        assertThatThrownBy(() -> EventCodec.data(envelope(large)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plan-published.v1")
                .hasMessageContaining("no event may exceed 262144");
        assertThat(EventCodec.read(headers("plan-published.v1"), EventJson.write(large)))
                .isInstanceOfSatisfying(
                        Received.Broken.class,
                        broken -> assertThat(broken.reason()).contains("no event may exceed 262144"));
    }

    @Test
    void takesAnEventOfExactlyTheLimit() {
        int frame = EventJson.write(new PlanRecord.PlanPublished(2, 1, "", "operator")).length;
        var event = new PlanRecord.PlanPublished(2, 1, "x".repeat(EventCodec.MOST_BYTES - frame), "operator");

        byte[] data = EventCodec.data(envelope(event));

        assertThat(data).hasSize(EventCodec.MOST_BYTES);
        assertThat(EventCodec.read(headers("plan-published.v1"), data)).isInstanceOf(Received.Known.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_type", "ce_id", "ce_source", "ce_time", "ce_correlationid"})
    void refusesAnAttributeThatWouldNotFitIntoARecordAgain(String header) {
        Map<String, byte[]> headers = headers("restore-requested.v1");
        headers.put(header, "x".repeat(1_100_000).getBytes(UTF_8));

        assertThat(EventCodec.read(headers, RESTORE.bytes()))
                .isInstanceOfSatisfying(
                        Received.Broken.class,
                        broken -> assertThat(broken.reason())
                                .isEqualTo(
                                        "the CloudEvents attribute '%s' has 1100000 characters; none may exceed 1024",
                                        header.substring(3)));
    }

    @Test
    void refusesALargeAttributeOfAStructuredMessage() {
        String large = "\"correlationid\":\"%s\",\"type\"".formatted("x".repeat(1025));

        assertBroken(TYPED_BY_HAND.replace("\"type\"", large), "'correlationid' has 1025 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"which", "targetVolume", "fromRegion", "requestedBy", "reason"})
    void refusesARequestWithATextThatNoAnswerCouldRepeat(String field) {
        assertThat(restoreWith(field, "x".repeat(1024))).isInstanceOf(Received.Known.class);
        assertThat(restoreWith(field, "x".repeat(1025)))
                .isInstanceOfSatisfying(
                        Received.Broken.class,
                        broken -> assertThat(broken.reason())
                                .isEqualTo("the field '%s' has 1025 characters; it may have 1024", field));
    }

    @Test
    void takesADirectoryAsLongAsAPathCanBe() {
        assertThat(restoreWith("targetDirectory", "/" + "x".repeat(4095))).isInstanceOf(Received.Known.class);
        assertThat(restoreWith("targetDirectory", "/" + "x".repeat(4096))).isInstanceOf(Received.Broken.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recovery-point-requested.v1", "backup-requested.v1", "manifest-requested.v1"})
    void refusesARequestForABackupWithANameThatNoAnswerCouldRepeat(String type) {
        assertThat(with(type, "name", "x".repeat(262_000)))
                .isInstanceOfSatisfying(
                        Received.Broken.class,
                        broken -> assertThat(broken.reason()).startsWith("the field 'name' has 262000 characters"));
    }

    @Test
    void refusesARequestThatNamesMoreThanAnyStackHas() {
        String message = TYPED_BY_HAND.replace("\"documents\"", "\"c\"" + ",\"c\"".repeat(1000));

        assertBroken(message, "the field 'components' has 1001 names; it may have 1000");
    }

    @Test
    void takesAttributesOfExactlyTheLimit() {
        var envelope = new Envelope(
                "i".repeat(1024),
                "s".repeat(1024),
                TIME,
                "c".repeat(1024),
                new AlertEvent.AlertCleared("k".repeat(1024), "well again", TIME));

        assertThat(EventCodec.read(bytes(EventCodec.headers(envelope)), EventCodec.data(envelope)))
                .isEqualTo(new Received.Known(envelope));
    }

    @Test
    void neitherWritesNorReadsAnEventWithALargeKey() {
        Event large = new AlertEvent.AlertCleared("k".repeat(1025), "well again", TIME);

        assertThatThrownBy(() -> EventCodec.headers(envelope(large)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'subject' has 1025 characters");
        assertThat(EventCodec.read(headers("alert-cleared.v1"), EventJson.write(large)))
                .isInstanceOf(Received.Broken.class);
    }

    @Property
    void returnsWhateverTheBytesAre(@ForAll byte[] data, @ForAll("contexts") Map<String, byte[]> headers) {
        Received received = EventCodec.read(headers, data);

        assertThat(received).isNotNull();
    }

    @Property
    void returnsWhereverAMessageIsBitten(@ForAll("documents") Approved document, @ForAll int at, @ForAll byte bite) {
        byte[] data = document.bytes();
        data[Math.floorMod(at, data.length)] = bite;
        Received received = EventCodec.read(headers(EventTypes.nameOf(document.type())), data);

        if (received instanceof Received.Known(Envelope envelope)) {
            assertThat(EventCodec.read(bytes(EventCodec.headers(envelope)), EventCodec.data(envelope)))
                    .isEqualTo(received);
        }
    }

    @Provide
    static Arbitrary<Approved> documents() {
        return Arbitraries.of(Approved.all());
    }

    @Provide
    static Arbitrary<Map<String, byte[]>> contexts() {
        Arbitrary<byte[]> value = Arbitraries.oneOf(
                Arbitraries.of(EventTypes.all())
                        .map(type -> EventTypes.nameOf(type).getBytes(UTF_8)),
                Arbitraries.just(TIME.toString().getBytes(UTF_8)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40));
        return Arbitraries.maps(Arbitraries.of("ce_type", "ce_id", "ce_source", "ce_time", "ce_correlationid"), value);
    }

    private static Received restoreWith(String field, String text) {
        return with("restore-requested.v1", field, text);
    }

    private static Received with(String type, String field, String text) {
        var json = (ObjectNode) EventJson.tree(Approved.of(type).bytes());
        return EventCodec.read(headers(type), EventJson.write(json.put(field, text)));
    }

    private static Envelope envelope(Event event) {
        return new Envelope("id-1", "/central/console", TIME, "restore-20261121-1", event);
    }

    private static Map<String, byte[]> headers(String type) {
        var headers = new HashMap<>(bytes(EventCodec.headers(envelope(RESTORE.event()))));
        headers.put("ce_type", type.getBytes(UTF_8));
        return headers;
    }

    private static Map<String, byte[]> bytes(Map<String, String> headers) {
        return headers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, header -> header.getValue().getBytes(UTF_8)));
    }

    private static void assertBroken(String message, String reason) {
        assertThat(EventCodec.read(Map.of(), message.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Received.Broken.class,
                        broken -> assertThat(broken.reason()).contains(reason));
    }
}
