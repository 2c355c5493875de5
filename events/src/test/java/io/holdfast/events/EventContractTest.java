package io.holdfast.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Every event against the documents that were approved for it. Released documents are never changed. */
class EventContractTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static List<Approved> documents() {
        return Approved.all();
    }

    @Test
    void hasADocumentForEveryEventAndNoneTooMany() {
        var expected = new TreeSet<String>();
        for (Class<? extends Event> type : EventTypes.all()) {
            String name = EventTypes.nameOf(type);
            expected.add(name);
            if (Field.of(type, Approved.of(name).json()).stream().anyMatch(Field::optional)) {
                expected.add(name + Approved.MINIMAL);
            }
        }
        assertThat(Approved.files()).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void showsEveryFieldInTheFullDocumentAndOnlyRequiredOnesInTheMinimal(Approved document) {
        JsonNode json = document.json();
        List<Field> fields = Field.of(document.type(), json);
        List<Field> shown =
                fields.stream().filter(field -> !field.in(json).isMissingNode()).toList();
        List<Field> expected = fields.stream()
                .filter(field -> !document.minimal() || !field.optional())
                .toList();

        assertThat(shown).isEqualTo(expected);
        if (!document.minimal()) {
            assertThat(shown)
                    .noneMatch(
                            field -> field.in(json).isArray() && field.in(json).isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void writesWhatItRead(Approved document) {
        assertThat(EventJson.tree(EventJson.write(document.event()))).isEqualTo(document.json());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void ignoresFieldsOfLaterVersions(Approved document) {
        JsonNode json = document.json();
        for (String parent : objects(document, json)) {
            ((ObjectNode) json.at(parent)).set("later", JSON.objectNode().put("deep", 1));
        }

        assertThat(read(document.type(), json))
                .isInstanceOfSatisfying(
                        Received.Known.class,
                        known -> assertThat(known.envelope().event()).isEqualTo(document.event()));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void refusesAMissingFieldByItsName(Approved document) {
        JsonNode json = document.json();
        for (Field field : Field.of(document.type(), json)) {
            for (JsonNode lacking : List.of(field.removedFrom(json), field.replacedIn(json, JSON.nullNode()))) {
                if (field.optional()) {
                    assertKnown(document, field, lacking);
                } else {
                    assertRefused(document, field, lacking);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void refusesAFieldOfAnotherKindByItsName(Approved document) {
        JsonNode json = document.json();
        for (Field field : Field.of(document.type(), json)) {
            if (field.component().getType() != JsonNode.class) {
                for (JsonNode wrong : valuesUnlike(field.in(json))) {
                    assertRefused(document, field, field.replacedIn(json, wrong));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void refusesListsWithHoles(Approved document) {
        JsonNode json = document.json();
        for (Field field : Field.of(document.type(), json)) {
            if (field.component().getType() == List.class) {
                assertRefused(
                        document, field, field.replacedIn(json, JSON.arrayNode().addNull()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void hasAKeyThatKafkaAndPeopleCanRead(Approved document) {
        assertThat(document.event().key()).matches("[!-~]{1,249}");
    }

    @Test
    void givesEveryEventItsOwnVersionedName() {
        var byName = new TreeMap<String, Class<?>>();
        leaves(Event.class)
                .forEach(type -> assertThat(byName.put(EventTypes.nameOf(type.asSubclass(Event.class)), type))
                        .as("another event named like %s", type)
                        .isNull());

        assertThat(EventTypes.all())
                .containsExactlyElementsOf(EventTypes.all().stream()
                        .sorted((one, other) -> EventTypes.nameOf(one).compareTo(EventTypes.nameOf(other)))
                        .toList());
        assertThat(byName).hasSameSizeAs(EventTypes.all());
        assertThat(byName.keySet()).allMatch(name -> name.matches("[a-z]+(-[a-z]+)*\\.v[1-9][0-9]*"));
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(EventContractTest::leaves)
                : Stream.of(type);
    }

    private static List<String> objects(Approved document, JsonNode json) {
        return Field.of(document.type(), json).stream()
                .map(Field::parent)
                .distinct()
                .toList();
    }

    /** Values that a lenient reader might bend into shape. */
    private static List<JsonNode> valuesUnlike(JsonNode value) {
        var values = new ArrayList<JsonNode>(List.of(
                JSON.stringNode(""),
                JSON.stringNode("1"),
                JSON.stringNode("true"),
                JSON.numberNode(1),
                JSON.numberNode(1.5),
                JSON.booleanNode(true),
                JSON.arrayNode(),
                JSON.arrayNode().add(value),
                JSON.objectNode(),
                JSON.objectNode().set("value", value)));
        values.removeIf(other -> sameKind(value, other) || value.isMissingNode());
        return values;
    }

    private static boolean sameKind(JsonNode value, JsonNode other) {
        return (value.isIntegralNumber() && other.isIntegralNumber())
                || (value.isString() && other.isString())
                || (value.isBoolean() && other.isBoolean())
                || (value.isArray() && other.isArray());
    }

    private static Received read(Class<? extends Event> type, JsonNode data) {
        return EventCodec.read(headers(EventTypes.nameOf(type)), EventJson.write(data));
    }

    private static Map<String, byte[]> headers(String type) {
        var headers = new TreeMap<String, byte[]>();
        Map.of("ce_type", type, "ce_id", "1", "ce_source", "/test", "ce_time", "2026-11-21T01:00:00Z")
                .forEach((name, value) -> headers.put(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    private static void assertRefused(Approved document, Field field, JsonNode data) {
        if (!(read(document.type(), data) instanceof Received.Broken broken
                && broken.reason().contains(field.name()))) {
            throw new AssertionError(
                    "not refused by the name of %s, but %s: %s".formatted(field, read(document.type(), data), data));
        }
    }

    private static void assertKnown(Approved document, Field field, JsonNode data) {
        if (!(read(document.type(), data) instanceof Received.Known)) {
            throw new AssertionError(
                    "refused for %s, which is optional: %s".formatted(field, read(document.type(), data)));
        }
    }
}
