package io.holdfast.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the JSON of a request, as YAML writes it. Its texts are templates. */
final class BodyReader {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private BodyReader() {}

    /** Null if something is wrong with it, which is reported. */
    static @Nullable JsonNode read(Located at, Problems problems) {
        int before = problems.size();
        JsonNode json = json(at, problems);
        return problems.size() > before ? null : json;
    }

    private static JsonNode json(Located at, Problems problems) {
        return switch (at.node()) {
            case MappingNode mapping -> object(mapping, at, problems);
            case SequenceNode sequence -> array(sequence, at, problems);
            case ScalarNode scalar -> value(scalar, at, problems);
            default -> JSON.nullNode();
        };
    }

    private static JsonNode object(MappingNode mapping, Located at, Problems problems) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (isUnquotedVariable(key, tuple.getValueNode())) {
                problems.add(
                        Code.WRONG_TYPE,
                        at,
                        "without quotes, {%s} is a mapping".formatted(key),
                        "Write \"{%s}\"".formatted(key));
            } else if (object.has(key)) {
                problems.add(
                        Code.DUPLICATE_KEY, at, "the key '%s' stands twice".formatted(Values.shown(key)), "Keep one");
            } else {
                object.set(key, json(at.key(tuple.getValueNode(), key), problems));
            }
        }
        return object;
    }

    private static boolean isUnquotedVariable(String key, Node value) {
        return RestApiChecks.VARIABLES.contains(key)
                && value instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.NULL);
    }

    private static JsonNode array(SequenceNode sequence, Located at, Problems problems) {
        ArrayNode array = JSON.arrayNode();
        List<Node> elements = sequence.getValue();
        for (int index = 0; index < elements.size(); index++) {
            array.add(json(at.element(elements.get(index), index), problems));
        }
        return array;
    }

    private static JsonNode value(ScalarNode scalar, Located at, Problems problems) {
        String text = scalar.getValue();
        if (scalar.getTag().equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        if (scalar.getTag().equals(Tag.INT) && text.matches("-?[0-9]{1,18}")) {
            return JSON.numberNode(Long.parseLong(text));
        }
        if (scalar.getTag().equals(Tag.FLOAT) && text.matches("-?[0-9]{1,15}\\.[0-9]{1,15}")) {
            return JSON.numberNode(Double.parseDouble(text));
        }
        try {
            return JSON.stringNode(new Template(text).text());
        } catch (IllegalArgumentException e) {
            problems.add(Code.BAD_VALUE, at, String.valueOf(e.getMessage()), "Variables are written such as {name}");
            return JSON.nullNode();
        }
    }
}
