package io.holdfast.sources.backupapi;

import io.holdfast.plan.Template;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What templates of the plan are filled with. Much of it comes from the system and is not to be trusted. */
record Variables(Map<String, String> values, List<String> collections) {

    static final Variables NONE = new Variables(Map.of(), List.of());

    Variables {
        values = Map.copyOf(values);
        collections = List.copyOf(collections);
    }

    Variables with(String name, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(name, value);
        return new Variables(more, collections);
    }

    /**
     * Fills a path, each value percent-encoded.
     *
     * @throws IllegalArgumentException if a value would lead to another path
     */
    String path(Template template) {
        String path = template.expand(name -> encoded(value(name)));
        int query = path.indexOf('?');
        for (String segment : (query < 0 ? path : path.substring(0, query)).split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("'%s' is no name for a path".formatted(segment));
            }
        }
        return path;
    }

    /**
     * Fills the name of a file, each value percent-encoded.
     *
     * @throws IllegalArgumentException if it would be no name of a file, or one too long for it
     */
    String fileName(Template template) {
        String name = template.expand(variable -> encoded(value(variable)));
        if (name.equals(".") || name.equals("..") || name.length() > 255) {
            throw new IllegalArgumentException("'%s' is no name for a file".formatted(name));
        }
        return name;
    }

    /** Fills the texts of a request's body. */
    JsonNode body(JsonNode template) {
        return switch (template) {
            case ObjectNode object -> {
                ObjectNode filled = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(entry -> filled.set(entry.getKey(), body(entry.getValue())));
                yield filled;
            }
            case ArrayNode array -> {
                ArrayNode filled = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> filled.add(body(element)));
                yield filled;
            }
            case JsonNode text when text.isString() -> text(text.stringValue());
            case JsonNode other -> other;
        };
    }

    private JsonNode text(String template) {
        if (template.equals("{collections}")) {
            ArrayNode names = JsonNodeFactory.instance.arrayNode();
            collections.forEach(names::add);
            return names;
        }
        return JsonNodeFactory.instance.stringNode(new Template(template).expand(this::value));
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to put in the place of {%s}".formatted(name));
        }
        return value;
    }

    /** As RFC 3986 has it: everything but unreserved characters as its bytes. */
    static String encoded(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (character < 0x80 && (Character.isLetterOrDigit(character) || "-._~".indexOf(character) >= 0)) {
                encoded.append(character);
            } else {
                encoded.append("%%%02X".formatted(octet & 0xff));
            }
        }
        return encoded.toString();
    }
}
