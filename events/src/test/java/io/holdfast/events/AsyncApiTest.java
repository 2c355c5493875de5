package io.holdfast.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The published document, {@code docs/asyncapi.yaml}, against the code. */
class AsyncApiTest {

    private static final String DEAD_LETTER = "dead-letter";
    private static final String SITE = "site-of-the-test";

    private static JsonNode document = EventJson.tree(new byte[] {'{', '}'});

    @BeforeAll
    static void load() throws IOException {
        String yaml = Files.readString(Path.of("..", "docs", "asyncapi.yaml"));
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        document = EventJson.tree(EventJson.write(loaded));
    }

    @Test
    void namesEveryTopicWithItsRulesAndNoOther() {
        var expected = new TreeMap<String, Topic>();
        Topics.central().forEach(topic -> expected.put(topic.name(), topic));
        expected.put("holdfast.requests.{site}", Topics.requests(SITE));

        var addresses = new TreeMap<String, JsonNode>();
        object("/channels").values().forEach(channel -> addresses.put(text(channel, "/address"), channel));

        assertThat(addresses.keySet()).isEqualTo(expected.keySet());
        expected.forEach((address, topic) -> assertThat(rules(addresses.getOrDefault(address, document)))
                .as("partitions, clean-up policy, retention and bound of %s", address)
                .isEqualTo(rules(topic)));
    }

    @Test
    void showsEveryEventOnItsOwnTopicAndNowhereElse() {
        var expected = new TreeMap<String, Set<String>>();
        for (Approved event : Approved.all()) {
            expected.computeIfAbsent(address(event.event()), _ -> new TreeSet<>())
                    .add(EventTypes.nameOf(event.type()));
        }
        expected.put(Topics.DEAD_LETTERS.name(), Set.of(DEAD_LETTER));

        var shown = new TreeMap<String, Set<String>>();
        object("/channels")
                .values()
                .forEach(channel -> shown.put(
                        text(channel, "/address"),
                        new TreeSet<>(object(channel, "/messages").keySet())));

        assertThat(shown).isEqualTo(expected);
    }

    @Test
    void describesEveryEventUnderItsWireNameAndNoOther() {
        var expected = new TreeSet<>(Set.of(DEAD_LETTER));
        EventTypes.all().forEach(type -> expected.add(EventTypes.nameOf(type)));

        assertThat(object("/components/messages").keySet()).isEqualTo(expected);
        for (Class<? extends Event> type : EventTypes.all()) {
            JsonNode message = object("/components/messages").getOrDefault(EventTypes.nameOf(type), document);
            assertThat(text(message, "/name")).isEqualTo(EventTypes.nameOf(type));
            assertThat(text(message, "/summary")).isNotBlank();
            assertThat(text(message, "/payload/$ref")).isEqualTo("#/components/schemas/" + type.getSimpleName());
            assertThat(text(message, "/traits/0/$ref")).isEqualTo("#/components/messageTraits/event");
        }
    }

    @Test
    void describesEveryFieldAsTheRecordsDeclareIt() {
        Map<String, JsonNode> described = object("/components/schemas");
        described.remove("CloudEventHeaders");
        Map<String, Map<String, Object>> expected = PayloadSchema.ofAllEvents();

        assertThat(described.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, schema) -> assertThat(withoutWords(described.getOrDefault(name, document)))
                .as("schema of %s", name)
                .isEqualTo(EventJson.tree(EventJson.write(schema))));
    }

    @Test
    void describesTheHeadersThatAreWritten() {
        Set<String> written = EventCodec.headers(new Envelope(
                        "1",
                        "/test",
                        Instant.EPOCH,
                        "1",
                        Approved.of("alert-cleared.v1").event()))
                .keySet();

        assertThat(object("/components/schemas/CloudEventHeaders/properties").keySet())
                .isEqualTo(new TreeSet<>(written));
        assertThat(texts("/components/schemas/CloudEventHeaders/required"))
                .isSubsetOf(written)
                .contains("ce_id", "ce_source", "ce_type", "ce_time");
    }

    @Test
    void tellsForEveryEventWhoSendsItAndWhoReceivesItsTopic() {
        var sent = new TreeSet<String>();
        var received = new TreeSet<String>();
        object("/operations").forEach((name, operation) -> {
            String service = text(operation, "/tags/0/name");
            String channel = text(operation, "/channel/$ref").replace("#/channels/", "");
            String action = text(operation, "/action");
            assertThat(name).isEqualTo("%s-%ss-%s".formatted(service, action, channel));
            for (JsonNode message : operation.at("/messages")) {
                String reference = text(message, "/$ref");
                assertThat(reference).startsWith("#/channels/%s/messages/".formatted(channel));
                (action.equals("send") ? sent : received).add(reference);
            }
        });
        var offered = new TreeSet<String>();
        object("/channels")
                .forEach((id, channel) -> object(channel, "/messages")
                        .keySet()
                        .forEach(message -> offered.add("#/channels/%s/messages/%s".formatted(id, message))));

        assertThat(sent).isEqualTo(offered);
        assertThat(received).isEqualTo(offered);
    }

    @Test
    void refersToNothingThatIsMissing() {
        List<String> references = document.findValuesAsString("$ref");

        assertThat(references).isNotEmpty();
        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as("%s is missing", reference)
                        .isFalse());
    }

    private static String address(Event event) {
        return event instanceof Request && !(event instanceof Request.RecoveryPointRequested)
                ? Topics.requests(SITE).name().replace(SITE, "{site}")
                : Topics.of(event).name();
    }

    private static Map<String, Object> rules(JsonNode channel) {
        JsonNode kafka = channel.at("/bindings/kafka");
        JsonNode topic = kafka.path("topicConfiguration");
        return Map.of(
                "partitions", kafka.path("partitions").asInt(),
                "policy", topic.path("cleanup.policy").path(0).asString(),
                "retention", topic.path("retention.ms").asLong(0),
                "bytes", topic.path("retention.bytes").asLong(-1));
    }

    private static Map<String, Object> rules(Topic topic) {
        return Map.of(
                "partitions", topic.partitions(),
                "policy", topic.retention().isPresent() ? "delete" : "compact",
                "retention", topic.retention().map(Duration::toMillis).orElse(0L),
                "bytes", topic.mostBytes().orElse(-1L));
    }

    private static JsonNode withoutWords(JsonNode schema) {
        JsonNode bare = schema.deepCopy();
        if (bare instanceof ObjectNode object) {
            object.remove("description");
            bare.path("properties").forEach(property -> {
                if (property instanceof ObjectNode described) {
                    described.remove("description");
                }
            });
        }
        return bare;
    }

    private static Map<String, JsonNode> object(String pointer) {
        return object(document, pointer);
    }

    private static Map<String, JsonNode> object(JsonNode parent, String pointer) {
        var members = new TreeMap<String, JsonNode>();
        parent.at(pointer).forEachEntry(members::put);
        return members;
    }

    private static String text(JsonNode parent, String pointer) {
        return parent.at(pointer).asString("");
    }

    private static Set<String> texts(String pointer) {
        return document.at(pointer)
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
